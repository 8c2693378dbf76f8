using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Occasions;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail;

/// <summary>Where mails go at this moment. One read a mail: SES takes a new account's mails at 14 a second, which is slower, and a customer who cannot be read keeps nobody else waiting.</summary>
public sealed class Addressees(EventStore.StreamReader streams, IPersonalData personal)
{
    /// <summary>The address that the customer registered last, else the one that was given; null where there is none, or the customer was deactivated or erased.</summary>
    public async Task<Addressee?> FindAsync(Recipient recipient, CancellationToken ct)
    {
        var (email, name) = (recipient.Given, (Sealed?)null);
        foreach (var e in await streams.ReadAsync(CustomerStreams.IdOf(recipient.Customer), HistoryBounds.Everything, ct))
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
                    throw new InvalidOperationException($"{other.GetType().Name} is no event of a customer.");
            }
        }

        return email is not null && await personal.OpenAsync(email, ct) is { } address
            ? new Addressee(recipient.Customer, address, name is null ? null : await personal.OpenAsync(name, ct))
            : null;
    }
}
