using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PropertyManager.Web.Data.Configurations;

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> session)
    {
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.SecurityStamp).HasMaxLength(100);
        session.Property(s => s.RightsStamp).HasMaxLength(64);
        session.Property(s => s.UserAgent).HasMaxLength(UserSession.UserAgentLength);
        session.Property(s => s.Address).HasMaxLength(UserSession.AddressLength);
        session.Property(s => s.EndReason).HasConversion<string>().HasMaxLength(30);
        session.HasOne<AppUser>().WithMany().HasForeignKey(s => s.UserId);
        session.HasIndex(s => s.EndedAt);
    }
}
