using ServerlessCqrs.Operator.Mails;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Operator.Verify;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Smoke;

/// <summary>The stores of a stack.</summary>
internal sealed class SmokeStores(ShopStack stack, TimeProvider time) : ISmokeStores
{
    public Task<MailClaim?> FindMailAsync(string mail, CancellationToken ct) =>
        new MailClaims(stack.DynamoDb, stack.Names[ShopTopology.Mails], time).FindAsync(mail, ct);

    public async Task<VerifyReport> VerifyAsync(StreamId stream, CancellationToken ct) =>
        await new StoreVerifier(stack.Domain, stack.History, stack.Log, stack.Tips, await stack.Live.NowAsync(ct), time).RunAsync(stream, ct);
}
