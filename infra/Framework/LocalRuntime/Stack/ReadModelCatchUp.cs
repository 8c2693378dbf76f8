using System.Globalization;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>
/// Sends each read model a hint for every stream that it is behind on. The local queues are in memory and lost on a
/// restart; SQS on AWS is durable. Mails and invalidations in lost messages are not recovered, because hints never
/// trigger them.
/// </summary>
public sealed class ReadModelCatchUp(LocalStores stores, IStreamTips tips, Domain domain, ReadModelDeclarations models)
{
    // A hint has about 100 bytes; this keeps a message below its 64 KB.
    private const int HintsPerMessage = 500;

    private readonly LiveReadModels _live = new(
        models.Over(
            ReadModelStores.OnDynamo(models, stores.Aws.DynamoDb, table => table.Name, TimeProvider.System),
            new StreamReader(new ClickHouseEventHistory(new ClickHouseDatabase(stores.Log, domain, TimeProvider.System)), tips)),
        new DynamoReadModelStates(stores.Aws.DynamoDb, ReadModelDeclarations.Checkpoints.Name),
        TimeProvider.System);

    public async Task<int> RunAsync(string queueUrl, CancellationToken ct)
    {
        var behind = 0;
        await foreach (var hints in BehindAsync(ct).Chunk(HintsPerMessage).WithCancellation(ct))
        {
            behind += hints.Length;
            await stores.Aws.Sqs.SendMessageAsync(new SendMessageRequest(queueUrl, EventMessage.Write([], hints)), ct);
        }

        if (behind > 0)
            stores.Logger.LogInformation("{Behind} items of read models were behind. The stack sent their hints again", behind.ToString(CultureInfo.InvariantCulture));
        return behind;
    }

    private async IAsyncEnumerable<StreamHint> BehindAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var alive = await _live.NowAsync(ct);
        await foreach (var page in tips.ScanAsync(ct).Where(tip => tip.Version > 0).Chunk(HintsPerMessage).WithCancellation(ct))
        {
            foreach (var model in alive.Models)
            {
                StreamTip[] followed = [.. page.Where(tip => model.Of(tip.Stream.Category) is not null)];
                var applied = await model.LoadVersionsAsync([.. followed.Select(tip => tip.Stream)], ct);
                foreach (var tip in followed)
                    if (applied.GetValueOrDefault(tip.Stream) < tip.Version) yield return new StreamHint(tip.Stream, tip.Version, Model: model.Name);
            }
        }
    }
}
