using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>The sockets that are open, and what each watches.</summary>
public interface IConnections
{
    /// <summary>Lets a socket in; false when its caller has too many.</summary>
    Task<bool> OpenAsync(string connection, string caller, int most, CancellationToken ct);

    /// <summary>Null for a socket that is closed.</summary>
    Task<OpenConnection?> FindAsync(string connection, CancellationToken ct);

    /// <summary>Writes what a socket watches from now on, if it still is what was read.</summary>
    /// <returns>What it is then; null where it changed or the socket closed.</returns>
    Task<OpenConnection?> ReplaceAsync(string connection, OpenConnection read, OpenConnection next, CancellationToken ct);

    /// <summary>Has the socket hinted of these streams, in the name of that revision.</summary>
    Task WatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Takes back what was done in the name of that revision, and nothing that another has done.</summary>
    Task UnwatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Deletes everything about a socket.</summary>
    /// <param name="stream">A stream that it is hinted of, whatever is known of the socket.</param>
    Task ForgetAsync(string connection, StreamId? stream, CancellationToken ct);
}

/// <summary>A socket as the table has it.</summary>
/// <param name="Revision">Tells it from what it is after the next change.</param>
/// <param name="Minute">The minute of its last message, since 1970.</param>
/// <param name="Messages">How many came in that minute.</param>
public sealed record OpenConnection(
    string Caller,
    IReadOnlyList<StreamId> Watches,
    string Revision,
    long Minute,
    int Messages);
