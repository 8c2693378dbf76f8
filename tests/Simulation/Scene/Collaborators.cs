using System.Buffers.Text;
using System.Text;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Functions;
using ServerlessCqrs.Functions.EdgeCache;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>Seals nothing. The real one costs time, and its own specs prove it.</summary>
public sealed class FakePersonalData : IPersonalData
{
    /// <summary>Every person for whom something was sealed.</summary>
    public HashSet<string> Known { get; } = [];

    public Task<Sealed> SealAsync(string person, string text, CancellationToken ct)
    {
        Known.Add(person);
        return Task.FromResult(Seal(person, text));
    }

    public Task<bool> IsKnownAsync(string person, CancellationToken ct) => Task.FromResult(Known.Contains(person));

    public Task<string?> OpenAsync(Sealed personal, CancellationToken ct) => Task.FromResult<string?>(Open(personal));

    public static string Open(Sealed personal) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(personal.Text));

    public static Sealed Seal(string person, string text) => new(person, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Reports the current mail to the checks.</summary>
public sealed class TracedClaims(IMailClaims inner, Truth truth) : IMailClaims
{
    public Task<MailClaim> ClaimAsync(string mail, CancellationToken ct)
    {
        truth.MailAtHand.Value = mail;
        return inner.ClaimAsync(mail, ct);
    }

    public Task ConfirmAsync(MailClaim claim, string messageId, CancellationToken ct) => inner.ConfirmAsync(claim, messageId, ct);

    public Task GiveUpAsync(MailClaim claim, string reason, CancellationToken ct) => inner.GiveUpAsync(claim, reason, ct);

    public Task ReleaseAsync(MailClaim claim, CancellationToken ct) => inner.ReleaseAsync(claim, ct);
}

/// <summary>Reports invalidations to the checks.</summary>
public sealed class CheckedInvalidations(IInvalidations inner, Truth truth) : IInvalidations
{
    public Task CreateAsync(IReadOnlyCollection<EdgeChange> changes, CancellationToken ct)
    {
        truth.Invalidating(changes);
        return inner.CreateAsync(changes, ct);
    }
}

/// <summary>The read-model function with another projector.</summary>
public sealed class WrongFollower(EventFollower follower, FollowStreams follow) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(messages, follow, ct);
}
