namespace ServerlessCqrs.EventStore.Personal;

/// <summary>Wraps the keys of persons. A wrapped key opens only for the person that it was created for.</summary>
public interface IMasterKey
{
    /// <summary>Creates a random 256-bit key for a person, and returns it plain and wrapped.</summary>
    Task<(byte[] Plain, byte[] Wrapped)> CreateAsync(string person, CancellationToken ct);

    /// <exception cref="System.Security.Cryptography.CryptographicException">The key was wrapped by another master key
    /// or for another person, or was changed.</exception>
    Task<byte[]> UnwrapAsync(string person, byte[] wrapped, CancellationToken ct);
}
