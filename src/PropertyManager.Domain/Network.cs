namespace PropertyManager.Domain;

/// <summary>One of the two networks that a property version can be activated on.</summary>
public enum Network
{
    /// <summary>Small, for testing; serves no end users.</summary>
    Staging,

    /// <summary>Serves end users; a change reaches it in phases.</summary>
    Production,
}
