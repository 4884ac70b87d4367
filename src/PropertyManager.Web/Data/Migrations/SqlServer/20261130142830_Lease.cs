using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PropertyManager.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Lease : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "EngineLease",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    Renewals = table.Column<long>(type: "bigint", nullable: false),
                    Holder = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    LockId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EngineLease", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KeyRecord",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Sentinel = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SigningKey = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyRecord", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "EngineLease",
                columns: new[] { "Id", "Epoch", "Holder", "LockId", "Renewals" },
                values: new object[] { 1, 0L, null, null, 0L });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EngineLease");

            migrationBuilder.DropTable(
                name: "KeyRecord");
        }
    }
}
