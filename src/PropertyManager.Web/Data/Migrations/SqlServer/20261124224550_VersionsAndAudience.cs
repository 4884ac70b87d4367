using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PropertyManager.Web.Data.Migrations.SqlServer
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
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Revision",
                table: "Versions",
                type: "int",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "Audience",
                table: "Properties",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.Sql(
                "EXEC(N'UPDATE Versions SET IsLocked = 1 WHERE EXISTS (SELECT 1 FROM Activations WHERE Activations.PropertyId = Versions.PropertyId AND Activations.Version = Versions.Number)')" // by EXEC: a script for all versions is compiled before the column is there
            );

            migrationBuilder.CreateTable(
                name: "Drafts",
                columns: table => new
                {
                    PropertyId = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    By = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    Revision = table.Column<int>(type: "int", nullable: false),
                    Base = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Document = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Unread = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
