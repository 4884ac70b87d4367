using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Compare;

/// <summary>Two versions by what they do to the property's traffic: the same sampled requests, evaluated by both.</summary>
public sealed partial class BehaviourDiff
{
    private TrafficImpact? _impact;

    [Inject(Key = Simulated.Time)]
    public required TimeProvider Clock { get; init; }

    /// <summary>Two versions whose rules can be read.</summary>
    [Parameter, EditorRequired]
    public required ComparedVersions Versions { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var (before, after, now) = (Versions.Before, Versions.After, Clock.GetUtcNow());
        _impact = await Task.Run(() =>
            TrafficImpact.Between(
                new RuleEvaluator(before.Rules, before.Hostnames),
                new RuleEvaluator(after.Rules, after.Hostnames),
                TrafficAudience.Sample(Versions.Property.Traffic, Versions.Property.Audience, before.Hostnames, now)
            )
        );
    }
}
