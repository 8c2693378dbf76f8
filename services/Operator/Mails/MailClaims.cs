using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Mails;

/// <summary>A mail as the mail function claimed it.</summary>
/// <param name="State">claimed, sent or released.</param>
/// <param name="ClaimedAt">Null where the claim does not say.</param>
public sealed record MailClaim(
    string Mail,
    string State,
    DateTimeOffset? ClaimedAt)
{
    /// <summary>Claimed and never confirmed: it was sent, or it was not, and nobody knows. It is never sent again by itself.</summary>
    public bool IsUnknown => State == "claimed";
}

/// <summary>How many mails there are in each state.</summary>
public sealed record MailCounts(
    int Sent,
    int Released,
    int Unknown);

/// <summary>The table of claims.</summary>
internal sealed class MailClaims(IAmazonDynamoDB dynamo)
{
    public async Task<MailCounts> CountAsync(CancellationToken ct)
    {
        var (sent, released, unknown) = (0, 0, 0);
        await foreach (var claim in ReadAsync(ct))
        {
            if (claim.IsUnknown) unknown++;
            else if (claim.State == "released") released++;
            else sent++;
        }

        return new MailCounts(sent, released, unknown);
    }

    /// <summary>Every claim, in no order, streamed.</summary>
    public async IAsyncEnumerable<MailClaim> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = ShopTopology.Mails.Name, ConsistentRead = true };
        do
        {
            var page = await dynamo.ScanAsync(request, ct);
            foreach (var item in page.Items ?? []) yield return Read(item);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private static MailClaim Read(Dictionary<string, AttributeValue> item) => new(
        item["mail"].S,
        item.TryGetValue("state", out var state) ? state.S : throw new FormatException($"The claim of mail {item["mail"].S} has no state."),
        item.TryGetValue("claimedAt", out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at.N, CultureInfo.InvariantCulture)) : null);
}
