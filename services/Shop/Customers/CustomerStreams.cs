using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>The streams of customers: <c>customer-{subject}</c>.</summary>
public static class CustomerStreams
{
    public const string Category = "customer";

    /// <exception cref="FormatException"><paramref name="subject"/> is not a valid <see cref="Subject"/>.</exception>
    public static StreamId IdOf(string subject) => StreamId.Of(Category, Subject.KeyOf(subject));

    /// <summary>Finds the subject of a customer's stream, and returns false for any other stream.</summary>
    public static bool TryParse(StreamId stream, out string subject)
    {
        var isCustomers = stream.Category == Category & Subject.TryOfKey(stream.Key, out var found);
        subject = found ?? "";
        return isCustomers;
    }
}
