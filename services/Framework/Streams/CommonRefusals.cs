namespace ServerlessCqrs.Streams;

/// <summary>The refusals of the framework, which apply to commands of any domain.</summary>
public static class CommonRefusals
{
    /// <summary>The command is for another kind of stream, or for another stream of its kind.</summary>
    public static readonly Refusal WrongStream = Refusal.Rule("wrong_stream");

    /// <summary>Only process managers send the command.</summary>
    public static readonly Refusal NotTheProcess = Refusal.Forbidden("not_the_process");

    /// <summary>The stream has another version than <c>If-Match</c> names.</summary>
    public static readonly Refusal VersionMismatch = Refusal.Stale("version_mismatch");

    /// <summary>Another request used the idempotency key. This outcome never takes the key.</summary>
    public static readonly Refusal IdempotencyKeyReused = Refusal.Rule("idempotency_key_reused");

    /// <summary>The record, or the command in it, cannot be read.</summary>
    public static readonly Refusal Malformed = Refusal.Rule("malformed");

    /// <summary>The decision threw an exception.</summary>
    public static readonly Refusal InternalError = Refusal.Fault("internal_error");

    public static IReadOnlyList<Refusal> All { get; } = Refusal.DeclaredIn(typeof(CommonRefusals));
}
