using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>A customer to register. Address and name are sealed before they leave this process.</summary>
public sealed record KnownCustomer(
    string Subject,
    string Email,
    string? Name)
{
    // RFC 5321, 4.5.3.1.3, without the angle brackets.
    private const int MaxEmail = 254;

    /// <exception cref="PersonErasedException">The customer was erased.</exception>
    public async Task<CommandRecord> ToRecordAsync(IPersonalData personal, DateTimeOffset at, CancellationToken ct) => ImportedCommand.Of(
        CustomerStreams.IdOf(Subject),
        new RegisterUser(await personal.SealAsync(Subject, Email, ct), Name is null ? null : await personal.SealAsync(Subject, Name, ct)),
        new Actor(Subject, ShopRoles.Customer),
        at);

    /// <summary>
    /// Returns the customer of an entry, or its first fault. <c>subject</c> and <c>email</c> are required, <c>name</c>
    /// is optional; any other field is a fault.
    /// </summary>
    public static (KnownCustomer? Customer, BrokenEntry? Fault) Map(FileEntry entry)
    {
        var fields = new EntryFields(entry, "subject", "email", "name");
        var (subject, email, name) = (fields.Text("subject"), fields.Text("email"), fields.OptionalText("name"));
        if (!Streams.Subject.IsValid(subject)) fields.Fail("subject", $"its subject must be {Streams.Subject.Rule}.");
        if (!IsAddress(email)) fields.Fail("email", "its email is not an address.");
        if (name is not null && CustomerLimits.CheckName(name).FirstOrDefault() is { } violation) fields.Fail("name", $"name: {violation.Message}");
        return fields.Fault is { } fault ? (null, fault) : (new KnownCustomer(subject, email, name), null);
    }

    private static bool IsAddress(string email) =>
        email.Length <= MaxEmail && email.IndexOf('@', StringComparison.Ordinal) > 0 && !email.EndsWith('@') && !email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
}
