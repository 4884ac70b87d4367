using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PropertyManager.Web.Data.Configurations;

internal sealed class EngineLeaseConfiguration : IEntityTypeConfiguration<EngineLease>
{
    public void Configure(EntityTypeBuilder<EngineLease> lease)
    {
        lease.ToTable("EngineLease");
        lease.Property(l => l.Id).ValueGeneratedNever();
        lease.Property(l => l.Holder).HasMaxLength(DatabaseLease.HolderLength);
        lease.Property(l => l.LockId).HasMaxLength(64);
        lease.HasData(new EngineLease());
    }
}

internal sealed class KeyRecordConfiguration : IEntityTypeConfiguration<KeyRecord>
{
    public void Configure(EntityTypeBuilder<KeyRecord> record)
    {
        record.ToTable("KeyRecord");
        record.Property(r => r.Id).ValueGeneratedNever();
        record.Property(r => r.SigningKey).HasMaxLength(64);
    }
}
