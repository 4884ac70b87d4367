using Microsoft.AspNetCore.Components;
using PropertyManager.Domain.Configuration.Evaluation;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Try;

/// <summary>What one version does with the request, and why. What it has and the version beside it has not is marked.</summary>
public sealed partial class AnswerPanel
{
    [Parameter, EditorRequired]
    public required long PropertyId { get; set; }

    [Parameter, EditorRequired]
    public required TriedRequest Tried { get; set; }

    /// <summary>The version beside it; null when there is none.</summary>
    [Parameter]
    public TriedRequest? Other { get; set; }

    private EdgeAnswer Answer => Tried.Answer;

    private string LinkOf(MatchedRule rule) => Links.Rule(PropertyId, Tried.Version, rule.Pointer);

    /// <summary>Pointer of the rule that an option stands in.</summary>
    private static string RuleOf(EvaluationNote note) =>
        note.Pointer[
            ..Math.Max(
                note.Pointer.LastIndexOf("/criteria/", StringComparison.Ordinal),
                note.Pointer.LastIndexOf("/behaviors/", StringComparison.Ordinal)
            )
        ];

    private bool IsOther(EffectiveSetting setting) =>
        Other is not null && Other.Answer.Settings.All(other => other.Name != setting.Name || other.Value != setting.Value);
}
