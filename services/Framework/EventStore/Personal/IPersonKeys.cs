namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// Stores one wrapped key per person, or a mark that the person was erased. A stored key never changes: the first one
/// wins.
/// </summary>
public interface IPersonKeys
{
    /// <summary>Returns what is stored for a person (read strongly consistent), or null if nothing is.</summary>
    Task<PersonKey?> FindAsync(string person, CancellationToken ct);

    /// <summary>
    /// Stores a person's first key. Returns what is stored afterwards: this key, another process's key, or the mark of
    /// an erasure.
    /// </summary>
    Task<PersonKey> AddAsync(string person, byte[] wrapped, CancellationToken ct);

    /// <summary>Destroys a person's key permanently, and stores the mark of the erasure.</summary>
    Task EraseAsync(string person, CancellationToken ct);
}

/// <summary>A person's wrapped key, or null after it was destroyed.</summary>
public sealed record PersonKey(byte[]? Wrapped);
