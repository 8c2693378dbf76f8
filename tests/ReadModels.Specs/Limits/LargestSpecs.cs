using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Limits;

/// <summary>
/// The largest command of each type, and the largest tip, row, message, item and response that commands can produce,
/// fit every store in <see cref="StoreLimits"/>.
/// </summary>
public sealed class LargestSpecs(DynamoFixture dynamo)
{
    // Products and reviews in a list. A client can request at most 100 per page.
    private const int Page = 100;

    // The attributes of a dead letter.
    private const int LetterAttributes = 6 * 1024;

    private static readonly ConcurrentDictionary<string, Task<WritePath>> Decided = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_limit_names_its_source() =>
        Assert.All(StoreLimits.All, limit => Assert.True(limit.Bytes > 0 && Uri.IsWellFormedUriString(limit.Source, UriKind.Absolute), limit.Store));

    [Theory]
    [MemberData(nameof(Largest.Characters), MemberType = typeof(Largest))]
    public void Largest_command_of_each_kind_fits_a_record(string character)
    {
        var commands = new Largest(character).Commands;

        Assert.Equal(ShopContracts.Commands.Types.Order(ByName), commands.Select(command => command.GetType()).Distinct().Order(ByName), ByType);
        foreach (var command in commands)
        {
            Assert.Empty(command.Check());
            var stream = StreamId.Of("review", new string('s', StreamId.MaxLength - "review-".Length));
            var record = new CommandRecord(Guid.AllBitsSet, Guid.AllBitsSet, stream, command, Largest.Seller, DateTimeOffset.MaxValue, long.MaxValue, stream.ToString(), Guid.AllBitsSet);
            var bytes = CommandJson.Write(ShopContracts.Commands, record).Length;
            Assert.InRange(bytes, 1, StoreLimits.Command);
            Assert.InRange(bytes + stream.ToString().Length, 1, StoreLimits.KinesisRecord.Bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Largest.Characters), MemberType = typeof(Largest))]
    public async Task Largest_commits_fit_a_tip_the_log_and_a_message(string character)
    {
        var path = await DecidedAsync(character);

        Assert.All(path.Tips, tip => Assert.InRange(ItemBytes(tip), 1, StoreLimits.DynamoDbItem.Bytes));
        Assert.All(path.Events, e => Assert.InRange(Utf8(e.Data), 1, StoreLimits.Command));
        Assert.All(path.Outcomes, outcome => Assert.InRange(Utf8(outcome.CommandData ?? ""), 0, StoreLimits.Command));
        foreach (var message in EventPacker.Pack(path.Events))
        {
            var attributes = message.Tags.Sum(tag => Utf8(tag) + "String1".Length);
            Assert.InRange(Utf8(message.Body) + attributes, 1, message.Events == 1 ? StoreLimits.SnsMessage.Bytes : StoreLimits.Message);
            Assert.InRange(Utf8(message.Body) + LetterAttributes, 1, StoreLimits.SqsMessage.Bytes);
        }

        // It grows until only the limit prevents more. Otherwise the stream is not the largest.
        Assert.Equal(PlainJson.BytesOf(character) > 1, path.Outcomes.Any(outcome => outcome.Code == ProductRefusals.ProductTooLarge));
        Assert.Contains(path.Tips, tip => tip.State.Length > 40 * 1024);
        Assert.Contains(path.Tips, tip => ItemBytes(tip) > StoreLimits.Commit);
    }

    [Theory]
    [MemberData(nameof(Largest.Characters), MemberType = typeof(Largest))]
    public async Task Largest_documents_fit_an_item_and_an_answer(string character)
    {
        var largest = new Largest(character);
        var path = await DecidedAsync(character);
        StreamId old = ProductStreams.IdOf(Largest.Id(900));
        var grown = EventRecord.Of(ShopContracts.Events, old, 1, largest.Old(), Guid.NewGuid(), 0, Largest.Seller, Largest.Noon);
        var created = path.Events.Where(e => e.Stream.Category == ProductStreams.Category).Append(grown).ToList();
        var (orders, reviews) = (path.Events.Where(e => e.Stream.Category == OrderStreams.Category).ToList(), path.Events.Where(e => e.Stream.Category == ReviewStreams.Category).ToList());
        var db = await dynamo.OpenAsync(Ct);
        var checkpoints = await dynamo.CreateAsync(ShopTopology.Checkpoints, Ct);
        var (v1, v2) = (await dynamo.CreateAsync(ShopTopology.ProductsV1, Ct), await dynamo.CreateAsync(ShopTopology.ProductsV1, Ct));
        var (search, words) = (await dynamo.CreateAsync(ShopTopology.ProductSearchV1, Ct), await dynamo.CreateAsync(ShopTopology.ProductSearchV1Words, Ct));
        var (ordersV1, reviewsV1) = (await dynamo.CreateAsync(ShopTopology.OrdersV1, Ct), await dynamo.CreateAsync(ShopTopology.ReviewsV1, Ct));

        // DynamoDB itself refuses what is too large, for an index or a transaction too.
        var answers = new[]
        {
            await SaveAsync(new DynamoProducts<ProductDocument>(db, v1, ShopReadModels.ProductDocuments, new KnownCategories(db, checkpoints, "v1", TimeProvider.System)), new ProductProjection(), created),
            await SaveAsync(new DynamoProducts<ProductDocumentV2>(db, v2, ShopReadModels.ProductDocumentsV2, new KnownCategories(db, checkpoints, "v2", TimeProvider.System)), new ProductProjectionV2(), created),
            await SaveAsync(new DynamoReadModel<OrderDocument>(db, ordersV1, ShopReadModels.OrderDocuments), new OrderProjection(), orders),
            await SaveAsync(new DynamoReadModel<ReviewDocument>(db, reviewsV1, ShopReadModels.ReviewDocuments), new ReviewProjection(), reviews),
        };
        await SaveAsync(new DynamoProductSearchV1(db, search, words, ShopReadModels.SearchDocuments), new SearchProjection(), created);

        foreach (var table in new[] { v1, v2, search, ordersV1, reviewsV1 })
            await foreach (var item in ScanAsync(db, table))
                Assert.InRange(ItemBytes(item), 1, StoreLimits.DynamoDbItem.Bytes);
        Assert.All(answers, answer => Assert.InRange(AnswerBytes(answer), 1, StoreLimits.LambdaAnswer.Bytes));
        // Lists of products contain summaries. Lists of orders and reviews contain whole documents.
        await foreach (var item in ScanAsync(db, v1)) Assert.InRange(Page * AnswerBytes(item["summary"].S), 1, StoreLimits.LambdaAnswer.Bytes);
        Assert.All(answers[2..], answer => Assert.InRange(Page * AnswerBytes(answer), 1, StoreLimits.LambdaAnswer.Bytes));
    }

    /// <summary>
    /// Returns every stream as large as commands can make it. It is decided once per character, because that takes
    /// seconds.
    /// </summary>
    private static Task<WritePath> DecidedAsync(string character) => Decided.GetOrAdd(character, static one => DecideAsync(new Largest(one)));

    private static async Task<WritePath> DecideAsync(Largest largest)
    {
        var path = new WritePath();
        var first = ProductStreams.IdOf(Largest.Product);
        var second = ProductStreams.IdOf(Largest.Id(800));
        await path.DecideAsync(first, Largest.Seller, largest.Create(imagesFirst: true));
        await path.DecideAsync(second, Largest.Seller, largest.Create(imagesFirst: false));
        foreach (var stream in new[] { first, second })
        {
            await path.DecideAsync(stream, Largest.Seller, [largest.Revise(), .. Enumerable.Range(1, 25).Select(largest.Image)]);
            await path.DecideAsync(stream, Largest.Seller, [.. Enumerable.Range(1, 150).Select(cent => new UpdateProductPrice(new Money(9_000 + (cent / 100m), "USD")))]);
            await path.DecideAsync(stream, OrderProcess.Itself, [.. Enumerable.Range(1, 1_010).Select(Largest.Reserve)]);
            await path.DecideAsync(stream, OrderProcess.Itself, [.. Enumerable.Range(5_000, 40).Select(order => new ReleaseStock(Largest.Id(order), Largest.Noon.AddDays(1)))]);
            // These are refused, so their outcomes store the command's data.
            await path.DecideAsync(stream, Largest.OtherSeller, [.. Enumerable.Repeat<ICommand>(largest.Revise(), 5), .. Enumerable.Repeat<ICommand>(new AdjustInventory(1, "refused"), 500)]);
            await path.DecideAsync(stream, Largest.OtherSeller, [largest.Create(imagesFirst: true)]);
        }

        var order = OrderStreams.IdOf(Largest.Order);
        await path.DecideAsync(order, Largest.Customer, Largest.CreateOrder);
        await path.DecideAsync(order, OrderProcess.Itself, [.. Largest.CreateOrder.Items.Select(Largest.Reservation)]);
        await path.DecideAsync(order, new Actor("operator", Actor.Operator), largest.Commands.OfType<RejectOrder>().Single());
        await path.DecideAsync(order, Largest.Customer, largest.Commands.OfType<CancelOrder>().Single());
        var review = ReviewStreams.IdOf(Largest.Product, Largest.Customer.Id);
        await path.DecideAsync(review, OrderProcess.Itself, [.. Enumerable.Range(1, 60).Select(order => Largest.Purchase(Largest.Id(order)))]);
        await path.DecideAsync(review, Largest.Customer, Largest.Review);
        await path.DecideAsync(review, Largest.Seller, largest.Commands.OfType<RejectReview>().Single());
        return path;
    }

    /// <summary>Saves the folds version by version, and returns the JSON of the largest document.</summary>
    private static async Task<string> SaveAsync<TDocument>(IReadModel<TDocument> items, IProjection<TDocument> projection, IReadOnlyList<EventRecord> events)
        where TDocument : class
    {
        var largest = "";
        foreach (var stream in events.GroupBy(e => e.Stream))
        {
            ReadModelItem<TDocument>? stored = null;
            var chunks = stream.Chunk(Math.Max(1, stream.Count() / 4));
            foreach (var chunk in chunks)
            {
                var next = projection.Fold(chunk, stored)!;
                Assert.True(await items.SaveAsync(next, stored, Ct));
                stored = next;
                if (next.Document is { } document && PlainJson.Write(document, projection.Json) is var json && Utf8(json) > Utf8(largest)) largest = json;
            }
        }

        return largest;
    }

    private static async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(IAmazonDynamoDB db, string table)
    {
        ScanResponse page;
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            page = await db.ScanAsync(new ScanRequest { TableName = table, ConsistentRead = true, ExclusiveStartKey = from }, Ct);
            foreach (var item in page.Items ?? []) yield return item;
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
    }

    /// <summary>
    /// Counts names and values:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
    /// </summary>
    private static long ItemBytes(Dictionary<string, AttributeValue> item) => item.Sum(attribute => Utf8(attribute.Key) + (attribute.Value.S is { } text ? Utf8(text) : 21));

    /// <summary>Returns the size of the tip's item without compression.</summary>
    private static long ItemBytes(StreamTip tip)
    {
        var body = TipBody.Write(tip);
        var plain = new byte[4 * 1024 * 1024];
        var length = body[0] is 1 or 3 or 5 ? body.Length : BrotliDecoder.TryDecompress(body.AsSpan(1), plain, out var written) ? written + 1 : throw new InvalidDataException("The body is not compressed by Brotli.");
        return length + Utf8("streamversionsourcesequencebody") + tip.Stream.ToString().Length + Utf8(tip.Position.Source) + 128 + 21;
    }

    /// <summary>Returns the size of the function's response to Lambda, with its body as a JSON text.</summary>
    private static long AnswerBytes(string json) => 1024 + PlainJson.BytesOf(json);

    private static long Utf8(string text) => Encoding.UTF8.GetByteCount(text);

    private static Comparer<Type> ByName { get; } = Comparer<Type>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    private static EqualityComparer<Type> ByType { get; } = EqualityComparer<Type>.Create((one, other) => one == other, type => type.GetHashCode());
}
