using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data.Configurations;

internal sealed class ApiClientConfiguration : IEntityTypeConfiguration<ApiClient>
{
    public void Configure(EntityTypeBuilder<ApiClient> client)
    {
        client.Property(c => c.Name).HasMaxLength(ApiClient.NameLength);
        client.Property(c => c.AccessToken).HasMaxLength(100);
        client.Property(c => c.Groups).AsJson();
        client.Property(c => c.RuleFormat).HasMaxLength(20);
        client.HasOne<AppUser>().WithMany().HasForeignKey(c => c.UserId);
        client.HasMany(c => c.Credentials).WithOne().HasForeignKey(c => c.ApiClientId);
    }
}

internal sealed class ApiCredentialConfiguration : IEntityTypeConfiguration<ApiCredential>
{
    public void Configure(EntityTypeBuilder<ApiCredential> credential)
    {
        credential.Property(c => c.ClientToken).HasMaxLength(100);
        credential.HasIndex(c => c.ClientToken).IsUnique();
    }
}

internal sealed class BulkRequestConfiguration : IEntityTypeConfiguration<BulkRequest>
{
    public void Configure(EntityTypeBuilder<BulkRequest> bulk)
    {
        bulk.Property(b => b.Kind).HasMaxLength(30);
        bulk.HasOne<AppUser>().WithMany().HasForeignKey(b => b.UserId);
        bulk.HasIndex(b => b.IsDone);
    }
}

internal sealed class BulkOutcomeConfiguration : IEntityTypeConfiguration<BulkOutcome>
{
    public void Configure(EntityTypeBuilder<BulkOutcome> outcome)
    {
        outcome.HasKey(o => new { o.RequestId, o.Part });
        outcome.HasOne<BulkRequest>().WithMany().HasForeignKey(o => o.RequestId);
    }
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.Property(w => w.Url).HasMaxLength(2000);
        webhook.Property(w => w.DisabledReason).HasMaxLength(OutboxDelivery.ProblemLength);
        webhook.HasOne<AppUser>().WithMany().HasForeignKey(w => w.UserId);
        webhook.HasOne<Property>().WithMany().HasForeignKey(w => w.PropertyId);
    }
}
