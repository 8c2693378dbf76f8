namespace ServerlessCqrs.Streams;

/// <summary>
/// The subject who issued a command and the one role they act in, from the verified token. A domain names its roles.
/// Two of them have a meaning for the framework.
/// </summary>
public sealed record Actor(
    string Id,
    string Role)
{
    /// <summary>The role that operates the system. It reads every audit trail and every command's status.</summary>
    public const string Operator = "operator";

    /// <summary>The role of process managers. No token can grant it.</summary>
    public const string Process = "process";
}
