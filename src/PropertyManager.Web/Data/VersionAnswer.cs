using PropertyManager.Domain;
using PropertyManager.Domain.Activations;

namespace PropertyManager.Web.Data;

/// <summary>What came of asking for several versions of a property.</summary>
/// <param name="Views">Those that there are, by number.</param>
/// <param name="IsForbidden">The person may not see this property.</param>
public sealed record VersionsAnswer(IReadOnlyDictionary<int, VersionView> Views, bool IsForbidden)
{
    /// <summary>There is no such property, or it has none of the versions.</summary>
    public static VersionsAnswer Unknown { get; } = new(new Dictionary<int, VersionView>(), IsForbidden: false);

    /// <summary>It is there, and not for this person.</summary>
    public static VersionsAnswer Forbidden { get; } = Unknown with { IsForbidden = true };

    /// <summary>One of them.</summary>
    public VersionAnswer Find(int number) =>
        IsForbidden ? VersionAnswer.Forbidden
        : Views.TryGetValue(number, out var view) ? VersionAnswer.Found(view)
        : VersionAnswer.Unknown;

    /// <summary>What the versions say that are active now, production first; where they were read.</summary>
    public IReadOnlyList<ActiveContent> Active() =>
        [
            .. Views
                .Values.Take(1)
                .SelectMany(any => any.Activations)
                .Where(a => a.State == ActivationState.Active && a.Type != ActivationType.Deactivate && Views.ContainsKey(a.Version))
                .OrderByDescending(a => a.Network == Network.Production)
                .Select(a => new ActiveContent(a.Network, a.Version, Views[a.Version].Content)),
        ];
}

/// <summary>What came of asking for a version: it is one of the three.</summary>
public sealed record VersionAnswer
{
    /// <summary>There is no such property, or it has no such version.</summary>
    public static VersionAnswer Unknown { get; } = new();

    /// <summary>It is there, and not for this person.</summary>
    public static VersionAnswer Forbidden { get; } = new() { IsForbidden = true };

    /// <summary>The version; null when it is unknown or forbidden.</summary>
    public VersionView? View { get; private init; }

    /// <summary>The person may not see this property.</summary>
    public bool IsForbidden { get; private init; }

    /// <summary>Here it is.</summary>
    public static VersionAnswer Found(VersionView view) => new() { View = view };
}
