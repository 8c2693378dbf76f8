using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.Operating.Mails;

/// <summary>The claim that the mail function stored for a mail.</summary>
/// <param name="State">claimed, sent, undeliverable or released.</param>
/// <param name="Reason">Why the mail is undeliverable; null for other states.</param>
public sealed record MailClaim(
    string Mail,
    string State,
    DateTimeOffset ClaimedAt,
    string? Reason = null)
{
    /// <summary>
    /// Whether the mail service refused the address or the mail permanently. The mail function never sends it again.
    /// </summary>
    public bool IsUndeliverable => State == "undeliverable";

    // The mail function's timeout: it can still be sending a mail whose claim is younger.
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether the mail was claimed and never confirmed. It is unknown whether it was sent, and no function sends it
    /// again.
    /// </summary>
    public bool IsUnknown(DateTimeOffset now) => State == "claimed" && now - ClaimedAt >= InFlight;
}

/// <summary>The number of mails in each state.</summary>
public sealed record MailCounts(
    int Sent,
    int Released,
    int InFlight,
    int Unknown,
    int Undeliverable)
{
    public static MailCounts None { get; } = new(Sent: 0, Released: 0, InFlight: 0, Unknown: 0, Undeliverable: 0);
}

/// <summary>The table of claims.</summary>
internal sealed class MailClaims(IAmazonDynamoDB dynamo, string table, TimeProvider time)
{
    public async Task<MailCounts> CountAsync(CancellationToken ct)
    {
        var (sent, released, inFlight, unknown, undeliverable) = (0, 0, 0, 0, 0);
        await foreach (var claim in ReadAsync(ct))
        {
            if (claim.IsUnknown(time.GetUtcNow())) unknown++;
            else if (claim.State == "claimed") inFlight++;
            else if (claim.State == "released") released++;
            else if (claim.IsUndeliverable) undeliverable++;
            else sent++;
        }

        return new MailCounts(sent, released, inFlight, unknown, undeliverable);
    }

    /// <summary>Streams every claim, unordered.</summary>
    public async IAsyncEnumerable<MailClaim> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var page = await dynamo.ScanAsync(request, ct);
            foreach (var item in page.Items ?? []) yield return Read(item);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Returns one claim; null if there is none.</summary>
    public async Task<MailClaim?> FindAsync(string mail, CancellationToken ct)
    {
        var answer = await dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = new() { ["mail"] = new(mail) }, ConsistentRead = true }, ct);
        return answer.Item is { Count: > 0 } item ? Read(item) : null;
    }

    private static MailClaim Read(Dictionary<string, AttributeValue> item) => new(
        Text(item, "mail"),
        Text(item, "state"),
        DateTimeOffset.Parse(Text(item, "claimedAt"), CultureInfo.InvariantCulture),
        item.GetValueOrDefault("reason")?.S);

    private static string Text(Dictionary<string, AttributeValue> item, string attribute) =>
        item.TryGetValue(attribute, out var value) && value.S is { } text ? text : throw new FormatException($"The claim of mail {item["mail"].S} has no {attribute}.");
}
