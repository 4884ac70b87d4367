using PropertyManager.Web.Data;

namespace PropertyManager.Web.Engine.Sessions;

/// <summary>What a session is good for now.</summary>
/// <param name="IsOpen">False when it has ended, and for somebody who is not signed in.</param>
/// <param name="Access">What the person may see and do; <see cref="Data.Access.None"/> when the session is not open.</param>
public sealed record SessionState(bool IsOpen, Access Access)
{
    public static SessionState None { get; } = new(IsOpen: false, Access.None);
}
