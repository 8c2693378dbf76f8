namespace ServerlessCqrs.Streams;

/// <summary>Who issued a command, as the verified token says: the subject and the one role it acts in. A domain names its roles; two of them have a meaning here.</summary>
public sealed record Actor(
    string Id,
    string Role)
{
    /// <summary>The role that operates the system: it reads every audit trail and every command's status.</summary>
    public const string Operator = "operator";

    /// <summary>The role of process managers. No token can give it.</summary>
    public const string Process = "process";
}
