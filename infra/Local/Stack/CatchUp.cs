using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Local.Stack;

/// <summary>
/// Hints every product that its read model is behind on. Queues here live in memory and forget on a restart; SQS on AWS does not. Mails and invalidations whose messages were lost so are lost: they never run on a hint.
/// </summary>
internal sealed class CatchUp(IStreamTips tips, IReadModelVersions versions, IAmazonSQS sqs, ILogger logger)
{
    // A hint is some 80 bytes; this keeps a message far below its 64 KB.
    private const int HintsPerMessage = 500;

    public async Task<int> RunAsync(string queueUrl, CancellationToken ct)
    {
        var behind = 0;
        await foreach (var page in Products(ct).Chunk(HintsPerMessage).WithCancellation(ct))
        {
            var applied = await versions.LoadVersionsAsync([.. page.Select(tip => tip.Stream)], ct);
            StreamHint[] hints = [.. page.Where(tip => applied.GetValueOrDefault(tip.Stream) < tip.Version).Select(tip => new StreamHint(tip.Stream, tip.Version))];
            if (hints.Length == 0) continue;
            behind += hints.Length;
            await sqs.SendMessageAsync(new SendMessageRequest(queueUrl, EventMessage.Write([], hints)), ct);
        }

        if (behind > 0) logger.LogInformation("{Behind} products were behind in the read model and are hinted again", behind.ToString(CultureInfo.InvariantCulture));
        return behind;
    }

    private IAsyncEnumerable<StreamTip> Products(CancellationToken ct) =>
        tips.ScanAsync(ct).Where(tip => tip.Version > 0 && tip.Stream.Category == ProductStreams.Category);
}
