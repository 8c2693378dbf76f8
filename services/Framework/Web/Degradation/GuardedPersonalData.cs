using System.Security.Cryptography;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>Opens personal texts behind a circuit. This service seals none.</summary>
public sealed partial class GuardedPersonalData(IPersonalData personal, Dependencies dependencies, ILogger<GuardedPersonalData> logger)
{
    /// <summary>
    /// Returns the text. Returns null if there is none, if its person was erased, or if it is damaged, so that one
    /// damaged text does not hide the others.
    /// </summary>
    /// <exception cref="DependencyAwayException">The keys cannot be reached.</exception>
    public Task<string?> OpenAsync(Sealed? text, CancellationToken ct) => text is null ? Task.FromResult<string?>(null) : dependencies.PersonKeys.CallAsync(
        async token =>
        {
            try
            {
                return await personal.OpenAsync(text, token);
            }
            catch (CryptographicException)
            {
                LogDamaged(text.Person);
                return null;
            }
        },
        ct);

    [LoggerMessage(LogLevel.Error, "A text of {Person} cannot be opened with their key: it is damaged.")]
    private partial void LogDamaged(string person);
}
