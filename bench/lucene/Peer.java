import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.Version;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;

/**
 * Lucene as a peer: reads commands, one a line, and answers each with one line.
 *
 * index TEXTS FOLDER      one document a line, its words already cut and parted by blanks; no such file: FOLDER as it is
 * intervals QUERY         the documents found: phrases and nearness asked as intervals
 * time QUERY              nanoseconds of processor time and number of documents, asked as a user of Lucene would
 *
 * A query: w TERM, p PATTERN, f TERM EDITS FIXED, ( phrase ... ), ( near N u|o A B ), ( notnear N A B ),
 * ( and ... ), ( or ... ), ( not A ).
 */
public class Peer {
  private static final String FIELD = "text";
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int NO_LIMIT = 10_000_000;
  private final String[] tokens;
  private int at = 0;

  private Peer(String query) {
    tokens = query.trim().split(" ");
  }

  public static void main(String[] arguments) throws Exception {
    BooleanQuery.setMaxClauseCount(Integer.MAX_VALUE);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    out.println("lucene " + Version.LATEST + " java " + System.getProperty("java.version"));
    IndexSearcher searcher = null;
    Documents found = new Documents();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int blank = line.indexOf(' ');
      String command = line.substring(0, blank);
      String rest = line.substring(blank + 1);
      try {
        switch (command) {
          case "index":
            String[] paths = rest.split("\t");
            searcher = index(Path.of(paths[0]), Path.of(paths[1]), out);
            break;
          case "intervals":
            found.clear();
            searcher.search(new Peer(rest).documents(true), found);
            out.println(found);
            break;
          default:
            Query query = new Peer(rest).documents(false);
            long began = CPU.getCurrentThreadCpuTime();
            found.clear();
            searcher.search(query, found);
            out.println((CPU.getCurrentThreadCpuTime() - began) + " " + found.count);
        }
      } catch (Exception error) {
        out.println("error " + error);
      }
    }
  }

  private static IndexSearcher index(Path texts, Path folder, PrintStream out) throws IOException {
    MMapDirectory directory = new MMapDirectory(folder);
    FieldType type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.setOmitNorms(true);
    type.setTokenized(true);
    long began = System.nanoTime();
    int count = 0;
    if (!Files.exists(texts)) {
      return opened(directory, "kept", out);
    }
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()));
        BufferedReader lines = Files.newBufferedReader(texts, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Document document = new Document();
        document.add(new Field(FIELD, line, type));
        writer.addDocument(document);
        count++;
      }
      writer.forceMerge(1);
    }
    return opened(directory, count + " documents, " + (System.nanoTime() - began) / 1_000_000 + " ms", out);
  }

  private static IndexSearcher opened(MMapDirectory directory, String said, PrintStream out) throws IOException {
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setQueryCache(null);
    out.println(said);
    return searcher;
  }

  private Query documents(boolean asIntervals) {
    if (!tokens[at].equals("(")) {
      return asIntervals ? new IntervalQuery(FIELD, source()) : leaf();
    }
    String kind = tokens[at + 1];
    if (kind.equals("and") || kind.equals("or")) {
      at += 2;
      BooleanQuery.Builder together = new BooleanQuery.Builder();
      while (!tokens[at].equals(")")) {
        together.add(documents(asIntervals), kind.equals("and") ? Occur.FILTER : Occur.SHOULD);
      }
      at++;
      return together.build();
    }
    if (kind.equals("not")) {
      at += 2;
      BooleanQuery.Builder without = new BooleanQuery.Builder();
      without.add(new MatchAllDocsQuery(), Occur.FILTER).add(documents(asIntervals), Occur.MUST_NOT);
      at++;
      return without.build();
    }
    if (kind.equals("phrase") && !asIntervals && isPlainPhrase()) {
      at += 2;
      PhraseQuery.Builder phrase = new PhraseQuery.Builder();
      for (; !tokens[at].equals(")"); at += 2) {
        phrase.add(new Term(FIELD, tokens[at + 1]));
      }
      at++;
      return phrase.build();
    }
    return new IntervalQuery(FIELD, source());
  }

  private boolean isPlainPhrase() {
    int place = at + 2;
    while (tokens[place].equals("w")) {
      place += 2;
    }
    return tokens[place].equals(")");
  }

  private Query leaf() {
    switch (tokens[at]) {
      case "w":
        at += 2;
        return new TermQuery(new Term(FIELD, tokens[at - 1]));
      case "p":
        at += 2;
        String pattern = tokens[at - 1];
        MultiTermQuery query = pattern.indexOf('=') < 0
            ? new WildcardQuery(new Term(FIELD, pattern))
            : new AutomatonQuery(new Term(FIELD, pattern), automaton(pattern));
        query.setRewriteMethod(MultiTermQuery.CONSTANT_SCORE_REWRITE);
        return query;
      default:
        return new IntervalQuery(FIELD, source());
    }
  }

  private IntervalsSource source() {
    String kind = tokens[at++];
    switch (kind) {
      case "w":
        return Intervals.term(tokens[at++]);
      case "p":
        String pattern = tokens[at++];
        return Intervals.multiterm(compiled(automaton(pattern)), NO_LIMIT, pattern);
      case "f":
        at += 3;
        return fuzzy(tokens[at - 3], Integer.parseInt(tokens[at - 2]), Integer.parseInt(tokens[at - 1]));
      default:
        return compound(tokens[at++]);
    }
  }

  private IntervalsSource compound(String kind) {
    int distance = 0;
    boolean isOrdered = false;
    if (kind.equals("near") || kind.equals("notnear")) {
      distance = Integer.parseInt(tokens[at++]);
    }
    if (kind.equals("near")) {
      isOrdered = tokens[at++].equals("o");
    }
    List<IntervalsSource> parts = new ArrayList<>();
    while (!tokens[at].equals(")")) {
      parts.add(source());
    }
    at++;
    IntervalsSource[] all = parts.toArray(new IntervalsSource[0]);
    switch (kind) {
      case "phrase":
        return Intervals.phrase(all);
      case "or":
        return Intervals.or(all);
      case "notnear":
        return Intervals.notWithin(all[0], distance, all[1]);
      default:
        return Intervals.maxgaps(
            distance - 1,
            isOrdered ? Intervals.ordered(all[0], all[1]) : Intervals.unorderedNoOverlaps(all[0], all[1]));
    }
  }

  private static IntervalsSource fuzzy(String word, int edits, int fixed) {
    int[] letters = word.codePoints().toArray();
    int kept = Math.min(fixed, letters.length);
    String prefix = new String(letters, 0, kept);
    String rest = new String(letters, kept, letters.length - kept);
    Automaton found = new LevenshteinAutomata(rest, false).toAutomaton(edits, prefix);
    return Intervals.multiterm(compiled(found), NO_LIMIT, word + "~" + edits + "~" + fixed);
  }

  private static CompiledAutomaton compiled(Automaton automaton) {
    return new CompiledAutomaton(automaton, null, false, NO_LIMIT, false);
  }

  private static Automaton automaton(String pattern) {
    List<Automaton> parts = new ArrayList<>();
    pattern.codePoints().forEach(letter -> {
      if (letter == '*') {
        parts.add(Automata.makeAnyString());
      } else if (letter == '?') {
        parts.add(Automata.makeAnyChar());
      } else if (letter == '=') {
        parts.add(Automata.makeCharRange('0', '9'));
      } else {
        parts.add(Automata.makeChar(letter));
      }
    });
    return Operations.determinize(Operations.concatenate(parts), NO_LIMIT);
  }

  /** Keeps the numbers of all documents found. */
  private static final class Documents extends SimpleCollector {
    private int[] numbers = new int[1024];
    private int count = 0;
    private int base = 0;

    void clear() {
      count = 0;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) {
      base = context.docBase;
    }

    @Override
    public void collect(int document) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = base + document;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    public String toString() {
      StringBuilder line = new StringBuilder();
      for (int place = 0; place < count; place++) {
        line.append(place == 0 ? "" : " ").append(numbers[place]);
      }
      return line.toString();
    }
  }
}
