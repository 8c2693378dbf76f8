using GraphQL.Types;
using ServerlessCqrs.Graph;

namespace ServerlessCqrs.QueryApi.Graph;

internal sealed class ReviewNode : ObjectGraphType<ApprovedReview>
{
    public ReviewNode()
    {
        Name = "Review";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(review => review.Source.Id);
        Field<NonNullGraphType<IntGraphType>>("stars").Resolve(review => review.Source.Stars);
        Field<StringGraphType>("title").Description("Null if the author was erased.").Resolve(review => review.Source.Title);
        Field<StringGraphType>("text").Description("Null if the author was erased.").Resolve(review => review.Source.Text);
        Field<NonNullGraphType<AnswerTimeGraphType>>("submittedAt").Resolve(review => review.Source.SubmittedAt);
        Field<NonNullGraphType<AnswerTimeGraphType>>("approvedAt").Resolve(review => review.Source.ApprovedAt);
    }
}

internal sealed class ReviewPageNode : ObjectGraphType<ReviewListBody>
{
    public ReviewPageNode()
    {
        Name = "ReviewPage";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReviewNode>>>>("items").Resolve(page => page.Source.Items);
        Field<StringGraphType>("next").Description(Paging.Next).Resolve(page => page.Source.Next);
    }
}
