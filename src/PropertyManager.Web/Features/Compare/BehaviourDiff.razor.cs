using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Two versions by what they do to the property's traffic: the same sampled requests, evaluated by both.</summary>
public sealed partial class BehaviourDiff : IDisposable
{
    private readonly PageReads _reads = new();
    private TrafficImpact? _impact;

    [Inject]
    public required EvaluationGate Gate { get; init; }

    [Inject(Key = Simulated.Time)]
    public required TimeProvider Clock { get; init; }

    /// <summary>Two versions whose rules can be read.</summary>
    [Parameter, EditorRequired]
    public required ComparedVersions Versions { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var (before, after, now) = (Versions.Before, Versions.After, Clock.GetUtcNow());
        await _reads.NewestAsync(async cancellation =>
            _impact = await Gate.RunAsync(
                budget =>
                    TrafficImpact.Between(
                        new RuleEvaluator(before.Rules, before.Hostnames, budget),
                        new RuleEvaluator(after.Rules, after.Hostnames, budget),
                        TrafficAudience.Sample(Versions.Property.Traffic, Versions.Property.Audience, before.Hostnames, now)
                    ),
                cancellation
            )
        );
    }

    public void Dispose() => _reads.Dispose();
}
