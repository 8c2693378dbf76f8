namespace ServerlessCqrs.EventStore.Personal;

/// <summary>The key that wraps the keys of persons. A wrapped key opens only for the person it was made for.</summary>
public interface IMasterKey
{
    /// <summary>A new random key of 256 bits for a person, plain and wrapped.</summary>
    Task<(byte[] Plain, byte[] Wrapped)> CreateAsync(string person, CancellationToken ct);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was wrapped by another master key, for another person, or was changed.</exception>
    Task<byte[]> UnwrapAsync(string person, byte[] wrapped, CancellationToken ct);
}
