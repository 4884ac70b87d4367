using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data.Configurations;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account) => account.Property(a => a.Name).HasMaxLength(200);
}

internal sealed class GroupConfiguration : IEntityTypeConfiguration<PropertyGroup>
{
    public void Configure(EntityTypeBuilder<PropertyGroup> group)
    {
        group.ToTable("Groups");
        group.Property(g => g.Name).HasMaxLength(200);
        group.Property(g => g.ContractId).HasMaxLength(50);
        group.HasOne<Account>().WithMany().HasForeignKey(g => g.AccountId);
        group.HasOne<PropertyGroup>().WithMany().HasForeignKey(g => g.ParentId);
    }
}

internal sealed class RoleAssignmentConfiguration : IEntityTypeConfiguration<RoleAssignment>
{
    public void Configure(EntityTypeBuilder<RoleAssignment> assignment)
    {
        assignment.HasKey(a => new { a.UserId, a.GroupId });
        assignment.Property(a => a.Role).HasConversion<string>().HasMaxLength(20);
        assignment.HasOne<AppUser>().WithMany().HasForeignKey(a => a.UserId);
        assignment.HasOne<PropertyGroup>().WithMany().HasForeignKey(a => a.GroupId);
    }
}

internal sealed class PropertyConfiguration : IEntityTypeConfiguration<Property>
{
    public void Configure(EntityTypeBuilder<Property> property)
    {
        property.Property(p => p.Name).HasMaxLength(200);
        property.Property(p => p.ProductId).HasMaxLength(50);
        property.Property(p => p.Traffic).AsJson();
        property.Property(p => p.Audience).AsJson();
        property.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId);
        property.HasOne<PropertyGroup>().WithMany().HasForeignKey(p => p.GroupId);
        property.HasIndex(p => new { p.AccountId, p.Name }).IsUnique();
    }
}

internal sealed class PropertyVersionConfiguration : IEntityTypeConfiguration<PropertyVersion>
{
    public void Configure(EntityTypeBuilder<PropertyVersion> version)
    {
        version.ToTable("Versions");
        version.HasKey(v => new { v.PropertyId, v.Number });
        version.Property(v => v.Number).ValueGeneratedNever();
        version.Property(v => v.Notes).HasMaxLength(PropertyVersion.NotesLength);
        version.Property(v => v.RuleFormat).HasMaxLength(20);
        version.Property(v => v.Author).HasMaxLength(256);
        version.Property(v => v.Revision).IsConcurrencyToken();
        version.HasIndex(v => new { v.PropertyId, v.RequestKey }).IsUnique();
        version.HasOne<Property>().WithMany().HasForeignKey(v => v.PropertyId);
        version.HasMany(v => v.Hostnames).WithOne().HasForeignKey(h => new { h.PropertyId, h.Version });
    }
}

internal sealed class HostnameConfiguration : IEntityTypeConfiguration<Hostname>
{
    public void Configure(EntityTypeBuilder<Hostname> hostname)
    {
        hostname.HasKey(h => new
        {
            h.PropertyId,
            h.Version,
            h.CnameFrom,
        });
        hostname.Property(h => h.CnameFrom).HasMaxLength(253);
        hostname.Property(h => h.EdgeHostname).HasMaxLength(253);
        hostname.Property(h => h.Certificate).HasConversion<string>().HasMaxLength(20);
        hostname.HasIndex(h => h.CnameFrom);
    }
}

internal sealed class EdgeHostnameConfiguration : IEntityTypeConfiguration<EdgeHostname>
{
    public void Configure(EntityTypeBuilder<EdgeHostname> edge)
    {
        edge.Ignore(e => e.Name);
        edge.Ignore(e => e.IsSecure);
        edge.Property(e => e.ContractId).HasMaxLength(50);
        edge.Property(e => e.ProductId).HasMaxLength(50);
        edge.Property(e => e.Prefix).HasMaxLength(253);
        edge.Property(e => e.Suffix).HasMaxLength(30);
        edge.Property(e => e.UseCases).AsJson();
        edge.HasOne<Account>().WithMany().HasForeignKey(e => e.AccountId);
        edge.HasOne<PropertyGroup>().WithMany().HasForeignKey(e => e.GroupId);
        edge.HasIndex(e => new { e.Prefix, e.Suffix }).IsUnique(); // one name means one thing, whoever's it is
    }
}

internal sealed class CpCodeConfiguration : IEntityTypeConfiguration<CpCode>
{
    public void Configure(EntityTypeBuilder<CpCode> code)
    {
        code.Property(c => c.ContractId).HasMaxLength(50);
        code.Property(c => c.ProductId).HasMaxLength(50);
        code.Property(c => c.Name).HasMaxLength(CpCode.NameLength);
        code.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
        code.HasOne<PropertyGroup>().WithMany().HasForeignKey(c => c.GroupId);
    }
}

internal sealed class VersionDraftConfiguration : IEntityTypeConfiguration<VersionDraft>
{
    public void Configure(EntityTypeBuilder<VersionDraft> draft)
    {
        draft.HasKey(d => new
        {
            d.PropertyId,
            d.Version,
            d.By,
        });
        draft.Property(d => d.By).HasMaxLength(256);
        draft.HasOne<PropertyVersion>().WithMany().HasForeignKey(d => new { d.PropertyId, d.Version });
    }
}
