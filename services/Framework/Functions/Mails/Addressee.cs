namespace ServerlessCqrs.Functions.Mails;

/// <summary>Finds the current addresses of persons.</summary>
public interface IAddressees
{
    /// <summary>
    /// Returns the person's current address, or null when there is none, or when the person was erased.
    /// </summary>
    Task<Addressee?> FindAsync(Recipient recipient, CancellationToken ct);
}

/// <param name="Person">The person's id.</param>
/// <param name="Name">The name that mails greet the person with, or null for none.</param>
public sealed record Addressee(
    string Person,
    string Address,
    string? Name);
