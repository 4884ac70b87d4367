using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PropertyManager.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class VersionsAndAudience : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsLocked",
                table: "Versions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Revision",
                table: "Versions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "Audience",
                table: "Properties",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.Sql(
                "UPDATE Versions SET IsLocked = 1 WHERE EXISTS (SELECT 1 FROM Activations WHERE Activations.PropertyId = Versions.PropertyId AND Activations.Version = Versions.Number)"
            );

            migrationBuilder.CreateTable(
                name: "Drafts",
                columns: table => new
                {
                    PropertyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    Base = table.Column<string>(type: "TEXT", nullable: false),
                    Document = table.Column<string>(type: "TEXT", nullable: false),
                    Unread = table.Column<string>(type: "TEXT", nullable: true),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Drafts", x => new { x.PropertyId, x.Version, x.By });
                    table.ForeignKey(
                        name: "FK_Drafts_Versions_PropertyId_Version",
                        columns: x => new { x.PropertyId, x.Version },
                        principalTable: "Versions",
                        principalColumns: new[] { "PropertyId", "Number" },
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Drafts");

            migrationBuilder.DropColumn(
                name: "IsLocked",
                table: "Versions");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "Versions");

            migrationBuilder.DropColumn(
                name: "Audience",
                table: "Properties");
        }
    }
}
