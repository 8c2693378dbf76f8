using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.Live;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>
/// Sends each read model a hint for every stream that it is behind on. The local queues are in memory and lost on a
/// restart; SQS on AWS is durable. Mails and invalidations in lost messages are not recovered, because hints never
/// trigger them.
/// </summary>
public sealed class ReadModelCatchUp(IStreamTips tips, LiveReadModels live, IAmazonSQS sqs, ILogger logger)
{
    // A hint has about 100 bytes; this keeps a message below its 64 KB.
    private const int HintsPerMessage = 500;

    public async Task<int> RunAsync(string queueUrl, CancellationToken ct)
    {
        var behind = 0;
        await foreach (var hints in BehindAsync(ct).Chunk(HintsPerMessage).WithCancellation(ct))
        {
            behind += hints.Length;
            await sqs.SendMessageAsync(new SendMessageRequest(queueUrl, EventMessage.Write([], hints)), ct);
        }

        if (behind > 0) logger.LogInformation("{Behind} items were behind in the read models and are hinted again", behind.ToString(CultureInfo.InvariantCulture));
        return behind;
    }

    private async IAsyncEnumerable<StreamHint> BehindAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var models = await live.NowAsync(ct);
        await foreach (var page in tips.ScanAsync(ct).Where(tip => tip.Version > 0).Chunk(HintsPerMessage).WithCancellation(ct))
        {
            foreach (var model in models.Models)
            {
                StreamTip[] followed = [.. page.Where(tip => model.Of(tip.Stream.Category) is not null)];
                var applied = await model.LoadVersionsAsync([.. followed.Select(tip => tip.Stream)], ct);
                foreach (var tip in followed)
                    if (applied.GetValueOrDefault(tip.Stream) < tip.Version) yield return new StreamHint(tip.Stream, tip.Version, Model: model.Name);
            }
        }
    }
}
