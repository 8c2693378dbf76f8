using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;

namespace ServerlessCqrs.Operator.Import;

/// <summary>A customer to register. Address and name are sealed before they leave this process.</summary>
public sealed record KnownCustomer(
    string Subject,
    string Email,
    string? Name)
{
    // RFC 5321, 4.5.3.1.3, less the angle brackets.
    private const int MaxEmail = 254;

    /// <exception cref="PersonErasedException">The customer was erased.</exception>
    public async Task<CommandRecord> ToRecordAsync(IPersonalData personal, DateTimeOffset at, CancellationToken ct) => ImportedCommand.Of(
        CustomerStreams.IdOf(Subject),
        new RegisterUser(await personal.SealAsync(Subject, Email, ct), Name is null ? null : await personal.SealAsync(Subject, Name, ct)),
        new Actor(Subject, Actor.Customer),
        at);

    /// <summary>The customer of an entry, or why there is none: <c>subject</c> and <c>email</c> are needed, <c>name</c> is taken where it is there; other fields are left out.</summary>
    public static (KnownCustomer? Customer, string? Fault) Map(FileEntry entry)
    {
        if (entry.Fault is not null) return (null, entry.Fault);
        if (entry.Lacks("subject", "email") is { } missing) return (null, $"it has no {missing}.");
        var (subject, email, name) = (entry.Fields["subject"]!, entry.Fields["email"]!, entry.Fields.GetValueOrDefault("name"));
        if (!Shop.Subject.IsValid(subject)) return (null, $"its subject must be {Shop.Subject.Rule}.");
        if (email.Length > MaxEmail || email.IndexOf('@', StringComparison.Ordinal) is <= 0 || email.EndsWith('@') || email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) return (null, "its email is no address.");
        return name is not null && CustomerLimits.CheckName(name).FirstOrDefault() is { } violation ? (null, $"name: {violation.Message}") : (new KnownCustomer(subject, email, name), null);
    }
}
