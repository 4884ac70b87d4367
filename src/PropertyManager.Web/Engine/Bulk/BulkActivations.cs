using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Bulk;

/// <summary>Activations, asked for at the activation desk.</summary>
public sealed class BulkActivations(IDbContextFactory<AppDbContext> contexts, ActivationDesk desk)
{
    /// <summary>Asks for it; or finds that it was asked for already.</summary>
    /// <param name="part">What is wanted. Its start is when it was first tried.</param>
    /// <param name="isResumed">It was begun before, and may have been done.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends it before anything is saved.</param>
    public async Task<BulkPart> DoAsync(ActivationPart part, bool isResumed, Access by, CancellationToken cancellationToken)
    {
        if (isResumed && await StartedAsync(part, by, cancellationToken) is { } before)
            return Done(part, before);
        var answer = await desk.SubmitAsync(OrderOf(part), by, cancellationToken);
        if (answer.Preview is { } preview)
            part = part with { Warnings = preview.Warnings, Errors = preview.Errors };
        if (answer.Activation is { } activation)
            return Done(part, activation.Id);
        // Somebody asked for the very same: it is under way.
        return answer.Refusal!.Code == "activation-pending" && await SameAsync(part, cancellationToken) is { } same
            ? Done(part, same)
            : part.Refuse(answer.Refusal);
    }

    private static ActivationOrder OrderOf(ActivationPart part) =>
        new(
            part.PropertyId,
            part.Version,
            part.Network,
            part.Note,
            string.Join(',', part.Defaults.NotifyEmails),
            // There is no member by which it could be asked for.
            CancelIfErrorRateIncreases: !ProgramDefaults.IgnoreHttpErrors,
            Acknowledged: part.Defaults.AcknowledgeAll,
            AcknowledgedWarnings: part.Acknowledged,
            FastPush: part.Defaults.FastPush,
            Type: TypeOf(part)
        );

    private static ActivationType TypeOf(ActivationPart part) =>
        part.Defaults.UseFastFallback ? ActivationType.FastFallback : ActivationType.Activate;

    /// <summary>What this part led to before the process ended, which then is not noted.</summary>
    private async Task<long?> StartedAsync(ActivationPart part, Access by, CancellationToken cancellationToken)
    {
        var type = TypeOf(part);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Activations.Where(a =>
                a.PropertyId == part.PropertyId
                && a.Network == part.Network
                && a.Type == type
                && a.Version == part.Version
                && a.Intent.SubmittedBy == by.Email
                && a.Intent.SubmittedAt >= part.StartedAt
            )
            .OrderBy(a => a.Id)
            .Select(a => (long?)a.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<long?> SameAsync(ActivationPart part, CancellationToken cancellationToken)
    {
        if (part.Defaults.UseFastFallback)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Activations.Where(a =>
                a.PropertyId == part.PropertyId
                && a.Network == part.Network
                && a.Version == part.Version
                && a.Type == ActivationType.Activate
                && a.Status.IsOpen
                && a.Status.State != ActivationState.Cancelling
                && a.Intent.CancelRequestedAt == null
            )
            .Select(a => (long?)a.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static ActivationPart Done(ActivationPart part, long activationId) =>
        part with
        {
            State = BulkState.Complete,
            ActivationId = activationId,
        };
}
