using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>Seals personal data before it enters any store, and opens it where it is used.</summary>
public interface IPersonalData
{
    /// <summary>
    /// Seals a text for a person, and creates the person's key at the first use. The same text always gives the same
    /// bytes.
    /// </summary>
    /// <exception cref="PersonErasedException">The person's key was destroyed.</exception>
    Task<Sealed> SealAsync(string person, string text, CancellationToken ct);

    /// <summary>
    /// Returns the text, or null after the person's key was destroyed: then nobody can read the text.
    /// </summary>
    Task<string?> OpenAsync(Sealed personal, CancellationToken ct);

    /// <summary>Returns true if anything was ever sealed for the person, even if the key was destroyed later.</summary>
    Task<bool> IsKnownAsync(string person, CancellationToken ct);
}

/// <summary>The person was erased, so nothing can be sealed for them.</summary>
public sealed class PersonErasedException(string person) : Exception($"'{person}' was erased.")
{
    public string Person { get; } = person;
}
