namespace ServerlessCqrs.EventStore.Personal;

/// <summary>One wrapped key a person, or the mark that the person was erased. A key that is there never changes: the first one stored is the person's.</summary>
public interface IPersonKeys
{
    /// <summary>What is stored for a person, read strongly consistent; null where nothing is.</summary>
    Task<PersonKey?> FindAsync(string person, CancellationToken ct);

    /// <summary>Stores a person's first key. Returns what is stored then: this one, another process's, or the mark of an erasure.</summary>
    Task<PersonKey> AddAsync(string person, byte[] wrapped, CancellationToken ct);

    /// <summary>Destroys a person's key for good, and keeps the mark that it was.</summary>
    Task EraseAsync(string person, CancellationToken ct);
}

/// <summary>A person's wrapped key; null where it was destroyed.</summary>
public sealed record PersonKey(byte[]? Wrapped);
