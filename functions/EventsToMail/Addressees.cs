using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail;

/// <summary>
/// Finds the current address of a customer, with one read per mail. SES limits a new account to 14 mails a second,
/// which is slower than the reads. A customer who cannot be read delays nobody else.
/// </summary>
public sealed class Addressees(EventStore.StreamReader streams, IPersonalData personal) : IAddressees
{
    /// <summary>
    /// Returns the address that the customer registered last, or else the given one. Returns null when there is no
    /// address, or when the customer was deactivated or erased.
    /// </summary>
    public async Task<Addressee?> FindAsync(Recipient recipient, CancellationToken ct)
    {
        var (email, name) = (recipient.Given, (Sealed?)null);
        foreach (var e in await streams.ReadAsync(CustomerStreams.IdOf(recipient.Person), HistoryBounds.Everything, ct))
        {
            switch (e.Event)
            {
                case UserRegistered registered:
                    (email, name) = (registered.Email, registered.Name);
                    break;
                case UserEmailChanged changed:
                    email = changed.Email;
                    break;
                case UserNameChanged changed:
                    name = changed.Name;
                    break;
                case UserDeactivated:
                    return null;
                case var other:
                    throw new InvalidOperationException($"{other.GetType().Name} is not an event of a customer.");
            }
        }

        return email is not null && await personal.OpenAsync(email, ct) is { } address
            ? new Addressee(recipient.Person, address, name is null ? null : await personal.OpenAsync(name, ct))
            : null;
    }
}
