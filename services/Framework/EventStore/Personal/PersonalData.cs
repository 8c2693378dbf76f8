using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// Seals with AES-256-GCM under a person's own key, and authenticates the person as additional data. The nonce is a MAC
/// of the text under a second key, like in AES-GCM-SIV. So the same text gives the same bytes, and another text gets
/// another nonce. The bytes reveal only whether two texts of a person are equal.
/// </summary>
public sealed class PersonalData(IPersonKeys keys, IMasterKey master, TimeProvider clock) : IPersonalData, IDisposable
{
    private readonly PersonKeyCache _cache = new(clock);

    public async Task<Sealed> SealAsync(string person, string text, CancellationToken ct)
    {
        if (await FindAsync(person, ct) is not { } found)
        {
            var (plain, wrapped) = await master.CreateAsync(person, ct);
            var stored = (await keys.AddAsync(person, wrapped, ct)).Wrapped ?? throw new PersonErasedException(person);
            found = _cache.Add(person, stored == wrapped ? plain : await master.UnwrapAsync(person, stored, ct));
        }

        if (found.IsErased) throw new PersonErasedException(person);
        var bytes = Encoding.UTF8.GetBytes(text);
        var nonce = HMACSHA256.HashData(found.NonceKey, bytes).AsSpan(0, AesGcm.NonceByteSizes.MaxSize);
        return new Sealed(person, Base64Url.EncodeToString(SealedBox.Seal(found.TextKey, nonce, bytes, Encoding.UTF8.GetBytes(person))));
    }

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The text was not sealed for this person, or was changed.</exception>
    public async Task<string?> OpenAsync(Sealed personal, CancellationToken ct)
    {
        // A missing key is treated like a destroyed one.
        if (await FindAsync(personal.Person, ct) is not { IsErased: false } found) return null;
        try
        {
            return Encoding.UTF8.GetString(SealedBox.Open(found.TextKey, Base64Url.DecodeFromChars(personal.Text), Encoding.UTF8.GetBytes(personal.Person)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new CryptographicException($"A text was not sealed for '{personal.Person}', or was changed.", e);
        }
    }

    public async Task<bool> IsKnownAsync(string person, CancellationToken ct) => await FindAsync(person, ct) is not null;

    public void Dispose() => _cache.Dispose();

    private async Task<PersonKeys?> FindAsync(string person, CancellationToken ct)
    {
        if (_cache.Find(person) is { } cached) return cached;
        if (await keys.FindAsync(person, ct) is not { } stored) return null;
        return stored.Wrapped is { } wrapped ? _cache.Add(person, await master.UnwrapAsync(person, wrapped, ct)) : PersonKeys.Erased;
    }
}
