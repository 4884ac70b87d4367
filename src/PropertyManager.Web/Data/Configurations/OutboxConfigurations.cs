using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PropertyManager.Domain.Activations;

namespace PropertyManager.Web.Data.Configurations;

internal sealed class OutboxEventConfiguration : IEntityTypeConfiguration<OutboxEvent>
{
    public void Configure(EntityTypeBuilder<OutboxEvent> told)
    {
        told.Property(e => e.Name).HasMaxLength(50);
        told.Property(e => e.Subject).HasMaxLength(OutboxEvent.SubjectLength);
        told.HasOne<Activation>().WithMany().HasForeignKey(e => e.ActivationId);
        told.HasOne<Webhook>().WithMany().HasForeignKey(e => e.WebhookId);
        told.HasIndex(e => e.ExpandedAt);
    }
}

internal sealed class OutboxReceiverConfiguration : IEntityTypeConfiguration<OutboxReceiver>
{
    public void Configure(EntityTypeBuilder<OutboxReceiver> receiver)
    {
        receiver.Property(r => r.Problem).HasMaxLength(OutboxDelivery.ProblemLength);
        receiver.HasOne(r => r.Webhook).WithOne(w => w.Receiver).HasForeignKey<OutboxReceiver>(r => r.WebhookId);
        receiver.HasIndex(r => r.DueAt);
        receiver.HasData(new OutboxReceiver { Id = OutboxReceiver.Mail });
    }
}

internal sealed class OutboxDeliveryConfiguration : IEntityTypeConfiguration<OutboxDelivery>
{
    public void Configure(EntityTypeBuilder<OutboxDelivery> delivery)
    {
        delivery.Property(d => d.Recipient).HasMaxLength(256);
        delivery.Property(d => d.Problem).HasMaxLength(OutboxDelivery.ProblemLength);
        delivery.HasOne<OutboxEvent>().WithMany().HasForeignKey(d => d.EventId);
        delivery.HasOne<OutboxReceiver>().WithMany().HasForeignKey(d => d.ReceiverId);
        // Expanding an event twice writes no second delivery.
        delivery
            .HasIndex(d => new
            {
                d.EventId,
                d.ReceiverId,
                d.Recipient,
            })
            .IsUnique();
        delivery.HasIndex(d => new
        {
            d.ReceiverId,
            d.State,
            d.NextAttemptAt,
        });
    }
}
