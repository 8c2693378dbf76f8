using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>
/// Claims in DynamoDB: one item a mail (<c>mail</c>, <c>state</c>: <c>claimed</c>, <c>sent</c>, <c>undeliverable</c> or
/// <c>released</c>, <c>holder</c>, <c>claimedAt</c> in ISO 8601, <c>messageId</c>, <c>reason</c>, <c>expiresAt</c> in epoch
/// seconds), and no address in it. What stays <c>claimed</c> is unknown: to be looked into by a person.
/// </summary>
public sealed class DynamoDbMailClaims(IAmazonDynamoDB db, string table, TimeProvider clock) : IMailClaims
{
    /// <summary>Longer than a dead letter is kept (14 days, SQS's most), or one that comes back would be sent twice.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly Dictionary<string, string> State = new() { ["#state"] = "state" };

    public async Task<MailClaim> ClaimAsync(string mail, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var own = new MailClaim(mail, MailClaimState.Granted, Guid.NewGuid().ToString(), now);
        var put = new PutItemRequest
        {
            TableName = table,
            Item = new()
            {
                ["mail"] = new(mail),
                ["state"] = new("claimed"),
                ["holder"] = new(own.Holder),
                ["claimedAt"] = new(now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
                ["expiresAt"] = new() { N = (now + Kept).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
            },
            ConditionExpression = "attribute_not_exists(mail) OR #state = :released",
            ExpressionAttributeNames = State,
            ExpressionAttributeValues = new() { [":released"] = new("released") },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        try
        {
            await db.PutItemAsync(put, ct);
            return own;
        }
        catch (ConditionalCheckFailedException e)
        {
            // The client tries again when an answer is lost, and then meets what it wrote itself.
            var holder = e.Item["holder"].S;
            return holder == own.Holder ? own : new MailClaim(
                mail,
                e.Item["state"].S switch
                {
                    "sent" => MailClaimState.Sent,
                    "undeliverable" => MailClaimState.Undeliverable,
                    _ => MailClaimState.Held,
                },
                holder,
                DateTimeOffset.Parse(e.Item["claimedAt"].S, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Unconditional: whoever sent it, it was sent.</summary>
    public Task ConfirmAsync(MailClaim claim, string messageId, CancellationToken ct) => db.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = table,
            Key = new() { ["mail"] = new(claim.Mail) },
            UpdateExpression = "SET #state = :sent, messageId = :id",
            ExpressionAttributeNames = State,
            ExpressionAttributeValues = new() { [":sent"] = new("sent"), [":id"] = new(messageId) },
        },
        ct);

    /// <summary>Unconditional: whoever was refused, the next one would be as well.</summary>
    public Task GiveUpAsync(MailClaim claim, string reason, CancellationToken ct) => db.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = table,
            Key = new() { ["mail"] = new(claim.Mail) },
            UpdateExpression = "SET #state = :undeliverable, reason = :reason",
            ExpressionAttributeNames = State,
            ExpressionAttributeValues = new() { [":undeliverable"] = new("undeliverable"), [":reason"] = new(reason) },
        },
        ct);

    public async Task ReleaseAsync(MailClaim claim, CancellationToken ct)
    {
        try
        {
            await db.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = new() { ["mail"] = new(claim.Mail) },
                    UpdateExpression = "SET #state = :released",
                    ConditionExpression = "#state = :claimed AND holder = :holder",
                    ExpressionAttributeNames = State,
                    ExpressionAttributeValues = new() { [":released"] = new("released"), [":claimed"] = new("claimed"), [":holder"] = new(claim.Holder) },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // Released by an attempt whose answer was lost, or no longer ours.
        }
    }
}
