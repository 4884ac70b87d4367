using System.Security.Cryptography;
using System.Text;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Configuration;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine;

/// <summary>Builds the package of an activation, and signs it with the key that the servers trust.</summary>
public sealed class PackageSigner(ECDsa key)
{
    /// <summary>What the servers are to install for <paramref name="activation"/>: its version as XML, or nothing to take the property off.</summary>
    /// <param name="activation">As it was saved.</param>
    /// <param name="property">Its property.</param>
    /// <param name="version">Its version, with the hostnames.</param>
    public ActivationPackage Build(Activation activation, Property property, PropertyVersion version)
    {
        var rules =
            RuleTreeJson.Parse(version.Rules).Value
            ?? throw new InvalidOperationException($"The rules of version {version.Number} of property {property.Id} cannot be read.");
        byte[] content =
            activation.Type == ActivationType.Deactivate
                ? []
                : Encoding.UTF8.GetBytes(MetadataXml.Write(VersionView.DocumentOf(property, version, rules)));
        RolloutPackage package;
        // A key is not made for several threads.
        lock (key)
            package = RolloutPackage.Sign(activation.Revision, content, key);
        return new ActivationPackage
        {
            ActivationId = activation.Id,
            Revision = package.Revision,
            Content = content,
            Sha256 = package.Sha256.ToArray(),
            Signature = package.Signature.ToArray(),
        };
    }
}
