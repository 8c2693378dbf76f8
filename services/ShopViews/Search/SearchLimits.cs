namespace ServerlessCqrs.ShopViews.Search;

/// <summary>How much of a product the search indexes. Its API states these numbers.</summary>
public static class SearchLimits
{
    /// <summary>
    /// The maximum number of words per product. With as many deletions and its own row they make 97 writes, and
    /// DynamoDB allows 100 in a transaction
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
    /// </summary>
    public const int WordsOfProduct = 48;

    /// <summary>The first words of a specification describe it. The rest is prose.</summary>
    public const int WordsOfSpecification = 8;

    /// <summary>In UTF-16 characters. A longer word is found by its beginning.</summary>
    public const int CharactersOfWord = 40;
}
