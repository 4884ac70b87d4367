using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Data.Configurations;

internal sealed class ActivationConfiguration : IEntityTypeConfiguration<Activation>
{
    /// <summary>At most one running activation for a property and network, whoever races whom.</summary>
    private const string OneOpen = "IX_Activations_OneOpen";

    /// <summary>At most one active version for a property and network.</summary>
    private const string OneActive = "IX_Activations_OneActive";

    /// <summary>SQLite uses a partial index only for a query whose condition reads the same, and EF asks for a bool by its name alone there.</summary>
    public static void FilterForSqlite(EntityTypeBuilder<Activation> activation) =>
        activation.HasIndex(a => new { a.PropertyId, a.Network }, OneOpen).HasFilter("IsOpen");

    public void Configure(EntityTypeBuilder<Activation> activation)
    {
        activation.Ignore(a => a.Class);
        activation.Ignore(a => a.Revision);
        activation.Property(a => a.Network).HasConversion<string>().HasMaxLength(20);
        activation.Property(a => a.Type).HasConversion<string>().HasMaxLength(20);
        activation.Property(a => a.ExceptionReason).HasMaxLength(200);
        activation.Property(a => a.Plan).AsJson();
        // A transition's update names all that it was decided from: these four.
        activation.Property(a => a.Epoch).IsConcurrencyToken();
        activation.ComplexProperty(
            a => a.Intent,
            intent =>
            {
                intent.Property(i => i.SubmittedBy).HasMaxLength(256).HasColumnName("SubmittedBy");
                intent.Property(i => i.SubmittedAt).HasColumnName("SubmittedAt");
                intent.Property(i => i.Note).HasMaxLength(ActivationIntent.NoteLength).HasColumnName("Note");
                intent.Property(i => i.NotifyEmails).AsJson().HasColumnName("NotifyEmails");
                intent.Property(i => i.CancelIfErrorRateIncreases).HasColumnName("CancelIfErrorRateIncreases");
                intent.Property(i => i.Compliance).AsJson().HasColumnName("Compliance");
                intent.Property(i => i.Client).HasMaxLength(ApiClient.NameLength).HasColumnName("Client");
                intent.Property(i => i.Faults).AsJson().HasColumnName("Faults");
                intent.Property(i => i.FaultsRevision).IsConcurrencyToken().HasColumnName("FaultsRevision");
                intent.Property(i => i.CancelRequestedBy).HasMaxLength(256).HasColumnName("CancelRequestedBy");
                intent.Property(i => i.CancelRequestedAt).IsConcurrencyToken().HasColumnName("CancelRequestedAt");
                intent.Property(i => i.CancelRequestedAfter).HasColumnName("CancelRequestedAfter");
            }
        );
        activation.ComplexProperty(
            a => a.Status,
            status =>
            {
                status.Property(s => s.State).HasConversion<string>().HasMaxLength(20).HasColumnName("State");
                status.Property(s => s.IsOpen).HasColumnName("IsOpen");
                status.Property(s => s.DecidedAfter).IsConcurrencyToken().HasColumnName("DecidedAfter");
                status.Property(s => s.Releases).AsJson().HasColumnName("Releases");
                status.Property(s => s.RollbackReleases).AsJson().HasColumnName("RollbackReleases");
                status.Property(s => s.LiveAfter).HasColumnName("LiveAfter");
                status.Property(s => s.CancelledAfter).HasColumnName("CancelledAfter");
                status.Property(s => s.EndedAfter).HasColumnName("EndedAfter");
                status.Property(s => s.Cause).HasColumnName("Cause");
                status.Property(s => s.CancelLapsed).HasColumnName("CancelLapsed");
            }
        );
        activation.HasOne<Property>().WithMany().HasForeignKey(a => a.PropertyId);
        activation.HasOne<PropertyVersion>().WithMany().HasForeignKey(a => new { a.PropertyId, a.Version });
        activation.HasOne<Activation>().WithMany().HasForeignKey(a => a.FallbackOf);
        activation.HasMany(a => a.History).WithOne().HasForeignKey(e => e.ActivationId);
        activation.HasIndex(a => new { a.PropertyId, a.Network }, OneOpen).IsUnique().HasFilter("IsOpen = 1");
        activation.HasIndex(a => new { a.PropertyId, a.Network }, OneActive).IsUnique().HasFilter("State = 'Active'");
    }
}

internal sealed class ActivationEventConfiguration : IEntityTypeConfiguration<ActivationEvent>
{
    public void Configure(EntityTypeBuilder<ActivationEvent> row) => row.Property(e => e.State).HasConversion<string>().HasMaxLength(20);
}

internal sealed class PackageConfiguration : IEntityTypeConfiguration<ActivationPackage>
{
    public void Configure(EntityTypeBuilder<ActivationPackage> package)
    {
        package.HasKey(p => p.ActivationId);
        package.Property(p => p.ActivationId).ValueGeneratedNever();
        package.Property(p => p.Revision).HasMaxLength(100);
        package.Property(p => p.Sha256).HasMaxLength(32);
        package.Property(p => p.Signature).HasMaxLength(128);
        package.Ignore(p => p.Package);
        package.HasOne<Activation>().WithMany().HasForeignKey(p => p.ActivationId);
    }
}

internal sealed class StandingFaultConfiguration : IEntityTypeConfiguration<StandingFault>
{
    public void Configure(EntityTypeBuilder<StandingFault> standing)
    {
        standing.Property(s => s.Fault).AsJson();
        standing.Property(s => s.By).HasMaxLength(256);
        standing.HasOne<Property>().WithMany().HasForeignKey(s => s.PropertyId);
    }
}

internal sealed class SimulationConfiguration : IEntityTypeConfiguration<SimulationState>
{
    public void Configure(EntityTypeBuilder<SimulationState> state)
    {
        state.ToTable("Simulation");
        state.Property(s => s.Id).ValueGeneratedNever();
    }
}
