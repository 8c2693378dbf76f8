namespace ServerlessCqrs.Operator.Import;

/// <summary>A catalogue file. It is read as it is needed and never held whole; read twice, so that all faults are known before anything is sent.</summary>
public sealed class Catalogue(string file, CatalogueMapping mapping)
{
    /// <summary>What the file holds.</summary>
    /// <exception cref="OperatorException">It cannot be read, is no YAML, or no list.</exception>
    public CatalogueSurvey Survey()
    {
        List<CatalogueProduct> capped = [];
        List<BrokenEntry> broken = [];
        var products = 0;
        foreach (var (product, entry) in Read())
        {
            if (product is null) broken.Add(entry);
            else products++;
            if (product?.PriceInFile is not null) capped.Add(product);
        }

        return new CatalogueSurvey(products, broken, capped);
    }

    /// <summary>The products that can be imported, in the order of the file.</summary>
    /// <inheritdoc cref="Survey"/>
    public IEnumerable<CatalogueProduct> Products() => Read().Select(entry => entry.Product).OfType<CatalogueProduct>();

    private IEnumerable<(CatalogueProduct? Product, BrokenEntry Entry)> Read()
    {
        using var text = Open();
        foreach (var entry in CatalogueReader.Read(file, text))
        {
            var (product, fault) = mapping.Map(entry);
            yield return (product, new BrokenEntry(entry.Line, fault ?? ""));
        }
    }

    private System.IO.StreamReader Open()
    {
        try
        {
            return new System.IO.StreamReader(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be read: {e.Message}", e);
        }
    }
}

/// <param name="Products">How many can be imported.</param>
/// <param name="Capped">Those whose price was set to the shop's maximum.</param>
public sealed record CatalogueSurvey(
    int Products,
    IReadOnlyList<BrokenEntry> Broken,
    IReadOnlyList<CatalogueProduct> Capped);
