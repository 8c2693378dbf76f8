using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.Functions.Mails;

/// <summary>
/// Stores claims in DynamoDB, one item per mail. Its attributes are <c>mail</c>, <c>state</c> (<c>claimed</c>,
/// <c>sent</c>, <c>undeliverable</c> or <c>released</c>), <c>holder</c>, <c>claimedAt</c> in ISO 8601,
/// <c>messageId</c>, <c>reason</c>, and <c>expiresAt</c> in epoch seconds. It never contains an address. An item that
/// stays <c>claimed</c> is a mail in doubt, which a person must look into.
/// </summary>
public sealed class DynamoDbMailClaims(IAmazonDynamoDB db, string table, TimeProvider clock) : IMailClaims
{
    /// <summary>
    /// Longer than SQS keeps a dead letter (14 days at most). Otherwise a redriven dead letter would be mailed twice.
    /// </summary>
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
            // The client retries after a lost response, and then finds its own item.
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

    /// <summary>Has no condition: the mail was sent, no matter which holder sent it.</summary>
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

    /// <summary>Has no condition: SES would refuse the same mail from any holder.</summary>
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
            // The lost response of an earlier attempt released it, or another holder has the claim.
        }
    }
}
