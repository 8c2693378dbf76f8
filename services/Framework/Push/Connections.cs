using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>The open sockets, and what each one watches.</summary>
public interface IConnections
{
    /// <summary>Accepts a socket. Returns false if its caller has too many.</summary>
    Task<bool> OpenAsync(string connection, string caller, int most, CancellationToken ct);

    /// <summary>Returns null for a closed socket.</summary>
    Task<OpenConnection?> FindAsync(string connection, CancellationToken ct);

    /// <summary>Replaces what a socket watches, unless it has changed since it was read.</summary>
    /// <returns>The new state, or null if it had changed or the socket is closed.</returns>
    Task<OpenConnection?> ReplaceAsync(string connection, OpenConnection read, OpenConnection next, CancellationToken ct);

    /// <summary>Makes the socket a watcher of these streams, on behalf of that revision.</summary>
    Task WatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Removes the socket from these streams, where that revision added it.</summary>
    Task UnwatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Deletes everything about a socket.</summary>
    /// <param name="stream">A stream that it watches, even if nothing else is known of the socket.</param>
    Task ForgetAsync(string connection, StreamId? stream, CancellationToken ct);
}

/// <summary>The stored state of a socket.</summary>
/// <param name="Revision">Changes with every write.</param>
/// <param name="Minute">The minute of its last message, since 1970.</param>
/// <param name="Messages">The number of messages in that minute.</param>
public sealed record OpenConnection(
    string Caller,
    IReadOnlyList<StreamId> Watches,
    string Revision,
    long Minute,
    int Messages);
