using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>Seals what is personal before it enters any store, and opens it where it is used.</summary>
public interface IPersonalData
{
    /// <summary>Seals a text for a person, making the person's key at first use. The same text seals to the same bytes.</summary>
    /// <exception cref="PersonErasedException">The person's key was destroyed.</exception>
    Task<Sealed> SealAsync(string person, string text, CancellationToken ct);

    /// <summary>The text, or null where the person's key was destroyed: then nobody can read it any more.</summary>
    Task<string?> OpenAsync(Sealed personal, CancellationToken ct);

    /// <summary>Whether anything was ever sealed for the person, even if their key was destroyed since.</summary>
    Task<bool> IsKnownAsync(string person, CancellationToken ct);
}

/// <summary>The person was erased; nothing can be sealed for them again.</summary>
public sealed class PersonErasedException(string person) : Exception($"'{person}' was erased.")
{
    public string Person { get; } = person;
}
