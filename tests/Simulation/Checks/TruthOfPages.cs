using System.Text.Json;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <content>Checks the answers about orders and reviews.</content>
public sealed partial class Truth
{
    private void OrderAnswered(Question question, StreamId order, SimAnswer answer)
    {
        MayBeKept(answer, NoOne, order, "An order");
        var isTheirs = question.Request.By is { } by && Of(order).Version > 0 && MaySee(by, order);
        if (answer.Status == 404 && isTheirs && question.Committed > 0) Break(CommittedIsFound, order, "The answer is 404, and the order exists.");
        if (answer.Status != 200) return;
        OrderShown(question, answer.Json);
        var version = answer.Json.GetProperty("version").GetInt64();
        var isFolded = answer.Header("X-Answered-From") is not null;
        var mayLack = answer.Header("X-May-Lack") is not null;
        if (!mayLack && version < (isFolded ? question.Committed : question.Shown)) Break(AnswerIsNew, order, $"v{version}, {(isFolded ? "folded" : "from the read model")}, where v{question.Committed} was committed and v{question.Shown} shown.");
        if (Question.VersionIn(question.Request, "atLeastVersion") is { } least && version < least) Break(ReadsOwnWrites, order, $"v{version} where v{least} is asked for.");
    }

    private void OrdersAnswered(Question question, SimAnswer answer)
    {
        MayBeKept(answer, NoOne, null, "A list of orders");
        if (answer.Status != 200) return;
        foreach (var order in answer.Json.GetProperty("items").EnumerateArray())
        {
            OrderShown(question, order);
            var stream = OrderStreams.IdOf(order.GetProperty("id").GetGuid());
            var version = (int)order.GetProperty("version").GetInt64();
            if (question.Request.Parameter("asOf") is { } asOf && Of(stream).Events[version - 1].At > Time(asOf)) Break(AnswerIsTheFold, stream, $"v{version} is younger than {asOf}.");
        }
    }

    private void OrderShown(Question question, JsonElement shown)
    {
        var stream = OrderStreams.IdOf(shown.GetProperty("id").GetGuid());
        var version = shown.GetProperty("version").GetInt64();
        if (version > Of(stream).Version || JsonSerializer.Serialize(Orders.ItemAt(Of(stream), version).Document, Bodies) != shown.GetRawText()) Break(AnswerIsTheFold, stream, $"v{version} of {Of(stream).Version} is {shown.GetRawText()}");
        else if (!MaySee(question.Request.By!, stream)) Break(OrdersArePrivate, stream, $"{question.Request.By!.Id} got the order.");
    }

    private bool MaySee(Actor caller, StreamId order) => caller.Role == Actor.Operator || Of(order).Events[0].Event is OrderCreated created && created.Customer == caller.Id;

    private void ReviewsAnswered(Question question, SimAnswer answer)
    {
        MayBeKept(answer, answer.Status is 200 or 304 ? "public, max-age=0, s-maxage=5, stale-if-error=0" : NoOne, null, "A list of reviews");
        if (answer.Status != 200) return;
        foreach (var shown in answer.Json.GetProperty("items").EnumerateArray())
        {
            var review = ReviewStreams.IdOf(shown.GetProperty("id").GetGuid());
            var isApproved = Of(review).Events.Any(e => e.Event is ReviewApproved approved && question.Request.Path == $"/products/{approved.ProductId}/reviews" && approved.Stars == shown.GetProperty("stars").GetInt32());
            if (!isApproved || !Sayings.All.Contains(shown.GetProperty("text").GetString())) Break(AnswerIsTheFold, review, $"It is shown as {shown.GetRawText()}.");
        }
    }
}
