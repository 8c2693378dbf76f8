namespace ServerlessCqrs.Shop.Customers;

/// <summary>The streams of customers: <c>customer-{subject}</c>.</summary>
public static class CustomerStreams
{
    public const string Category = "customer";

    /// <exception cref="FormatException"><paramref name="subject"/> has characters that a stream id cannot have, or too many.</exception>
    public static StreamId IdOf(string subject) => StreamId.Of(Category, subject);

    /// <summary>Whether <paramref name="stream"/> is a customer's, and whose.</summary>
    public static bool TryParse(StreamId stream, out string subject)
    {
        subject = stream.Key;
        return stream.Category == Category && Subject.IsValid(subject);
    }
}
