using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs;

public sealed class ReadModelCatalogueSpecs
{
    private readonly TestLog _log = new();
    private readonly InMemoryProducts _products = new();
    private readonly InMemoryReadModel<OnShelf> _shelves = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_read_model_gets_the_streams_that_it_follows()
    {
        var story = new Story(1).Price(90);

        Assert.Empty(await Catalogue().ProjectAsync([.. Says.Events([.. story.Events]), .. Says.Hint(StreamId.Of("watch", "x"), 1)], Ct));

        Assert.Equal(2, (await _products.LoadVersionsAsync([story.Stream], Ct))[story.Stream]);
        Assert.Equal(2, (await _shelves.LoadVersionsAsync([story.Stream], Ct))[story.Stream]);
    }

    [Fact]
    public async Task One_read_models_failure_is_no_other_ones_and_is_named()
    {
        var (bad, good) = (new Story(1), new Story(2));
        var shelves = new UnsteadyItems<OnShelf>(_shelves, item => item.Stream == bad.Stream ? throw new IOException("throttled") : Task.CompletedTask);

        var errors = await Catalogue(shelves).ProjectAsync([.. Says.Events(bad[1]), .. Says.Events(good[1])], Ct);

        Assert.Equal("shelves-v1: IOException: throttled", Assert.IsType<ReadModelsFailedException>(Assert.Single(errors).Value).Message);
        Assert.Equal([bad.Stream, good.Stream], (await _products.LoadVersionsAsync([bad.Stream, good.Stream], Ct)).Keys.OrderBy(stream => stream == good.Stream));
        Assert.Equal([good.Stream], (await _shelves.LoadVersionsAsync([bad.Stream, good.Stream], Ct)).Keys);
    }

    [Fact]
    public async Task A_hint_that_names_a_read_model_reaches_no_other()
    {
        var story = new Story(1).Price(90);
        _log.Append(story);

        Assert.Empty(await Catalogue().ProjectAsync(StreamBatch.Of(new EventMessage([], [new StreamHint(story.Stream, 2, Rebuild: true, Model: "shelves-v1")])), Ct));

        Assert.Empty(await _products.LoadVersionsAsync([story.Stream], Ct));
        Assert.Equal(2, (await _shelves.LoadVersionsAsync([story.Stream], Ct))[story.Stream]);
    }

    [Fact]
    public async Task A_rebuild_of_one_read_model_does_not_rebuild_another_beside_it()
    {
        var story = new Story(1).Price(90);
        _log.Append(story);
        var spoiled = new ProductProjection().Fold(story.Events)!;
        await _products.SaveAsync(spoiled with { Document = spoiled.Document! with { Name = "spoiled" } }, null, Ct);

        Assert.Empty(await Catalogue().ProjectAsync(StreamBatch.Of(new EventMessage([story[2]], [new StreamHint(story.Stream, 2, Rebuild: true, Model: "shelves-v1")])), Ct));

        Assert.Equal("spoiled", (await _products.FindAsync(story.Stream))!.Document!.Name);
    }

    [Fact]
    public void Names_and_the_categories_of_a_read_model_are_its_own()
    {
        var model = Catalogue().Models[0];

        Assert.Throws<ArgumentException>(() => new ReadModelCatalogue(model, model));
        Assert.Throws<ArgumentException>(() => new ReadModelCatalogue(new ReadModel("twice-v1", model.Followers[0], model.Followers[0])));
        Assert.Contains("shelves-v1", Assert.Throws<ArgumentException>(() => Catalogue()["shelfs-v1"]).Message, StringComparison.Ordinal);
    }

    private ReadModelCatalogue Catalogue(IReadModel<OnShelf>? shelves = null) => new(
        new ReadModel("products-v1", new Projector<ProductDocument>(_products, new ProductProjection(), _log.Reader)),
        new ReadModel("shelves-v1", new Projector<OnShelf>(shelves ?? _shelves, new ShelfProjection(), _log.Reader)));
}
