namespace ServerlessCqrs.WebConsole.Letters;

/// <summary>Lists dead letters and decides about them.</summary>
public interface ILetterDesk
{
    /// <summary>All dead letters, the oldest first. They stay where they are.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken ct);

    /// <summary>Sends them to their functions again. Returns how many.</summary>
    Task<int> RedriveAsync(LetterChoice choice, CancellationToken ct);

    /// <summary>Deletes them for good. Returns how many.</summary>
    /// <param name="why">The reason. The journal keeps it.</param>
    Task<int> DiscardAsync(LetterChoice choice, string why, CancellationToken ct);
}

/// <summary>Selects dead letters. A letter must match every criterion that is not null.</summary>
public sealed record LetterChoice(
    string? Id = null,
    string? Queue = null,
    string? Stream = null);

/// <summary>A message that no function could handle.</summary>
/// <param name="Reason">Exception type and message. Null if SQS itself moved the message.</param>
/// <param name="Stack">The stack trace of the exception.</param>
/// <param name="Stream">Null if the body is unreadable or concerns several streams.</param>
public sealed record DeadLetter(
    string Id,
    string Queue,
    string? Function,
    DateTimeOffset? FailedAt,
    string? Reason,
    string? Stack,
    string? Stream,
    long Version,
    IReadOnlyList<string> Events,
    string Body);
