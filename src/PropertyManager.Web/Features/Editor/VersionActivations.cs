using PropertyManager.Domain.Activations;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Features.Editor;

/// <summary>Keeps the activations that a version's page names current.</summary>
public static class VersionActivations
{
    /// <summary>After any activation of the property started, went on or ended. Nothing has to be read for it.</summary>
    public static VersionView After(this VersionView view, ActivationProgress progress)
    {
        var line = new ActivationLine(progress.ActivationId, progress.Version, progress.Network, progress.Type, progress.Status.State);
        if (view.Activations.Contains(line))
            return view;
        var takesPlace = line.State is ActivationState.Active or ActivationState.Deactivated;
        var others = view
            .Activations.Where(other => other.Id != line.Id)
            .Select(other =>
                takesPlace && other.Network == line.Network && other.State == ActivationState.Active
                    ? other with
                    {
                        State = ActivationState.Inactive,
                    }
                    : other
            );
        return view with { Activations = [.. others.Append(line).OrderByDescending(other => other.Id)] };
    }
}
