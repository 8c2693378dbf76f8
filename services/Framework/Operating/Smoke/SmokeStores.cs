using ServerlessCqrs.Operating.Mails;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Smoke;

/// <summary>The stores of a stack.</summary>
public sealed class SmokeStores(OperatedStack stack, TimeProvider time) : ISmokeStores
{
    public Task<MailClaim?> FindMailAsync(string mail, CancellationToken ct) =>
        stack.System.Mails is { } mails
            ? new MailClaims(stack.DynamoDb, stack.Names[mails], time).FindAsync(mail, ct)
            : Task.FromResult<MailClaim?>(null);

    public async Task<VerifyReport> VerifyAsync(StreamId stream, CancellationToken ct) =>
        await new StoreVerifier(stack.Domain, stack.History, stack.Log, stack.Tips, await stack.Live.NowAsync(ct), time)
            .RunAsync(stream, ct);
}
